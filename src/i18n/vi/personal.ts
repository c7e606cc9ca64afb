export const personal = {
  title: 'Dữ liệu của tôi',
  exportTitle: 'Tải về',
  exportText:
    'Một tệp JSON có mọi thứ đang giữ về bạn: tài khoản, các máy đang đăng nhập, tổ chức và các mục đồng ý, việc bạn ghi kèm ghi chú, và mọi bản ghi có tên bạn.',
  exportButton: 'Tải dữ liệu của tôi',
  eraseTitle: 'Xoá tôi khỏi sổ',
  eraseGoes: 'Mất ngay: tên, số điện thoại hoặc thư điện tử, mật khẩu, mọi phiên đăng nhập và quyền của bạn.',
  eraseStays:
    'Ở lại: việc đã ghi, vì tem đã bán ra còn phải tra được. Chỗ có tên bạn sẽ ghi “đã xoá theo yêu cầu ngày …”.',
  eraseEver: 'Không lấy lại được. Khi khôi phục từ bản sao lưu, việc xoá này được làm lại.',
  eraseButton: 'Xoá tôi',
  fields: {
    withContents: 'Xoá cả ghi chú và ảnh trong những việc tôi đã ghi',
    sure: 'Tôi hiểu và muốn xoá',
  },
};
