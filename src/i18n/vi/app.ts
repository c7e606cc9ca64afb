// The producers' own pages: menu, home, choosing a batch, "Của tôi".
export const app = {
  menu: {
    label: 'Chính',
    home: 'Nhà',
    record: 'Ghi việc',
    batches: 'Lô hàng',
    labels: 'In tem',
    me: 'Của tôi',
    certificates: 'Chứng nhận',
    producers: 'Chủ thể',
    users: 'Người dùng',
  },
};
