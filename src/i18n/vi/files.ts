// Stored files as people look at them.
export const files = {
  noName: { document: 'Văn bản', picture: 'Ảnh' },
  kind: {
    document: 'Tệp PDF, {{size}}',
    picture: 'Ảnh {{width}} × {{height}} điểm',
  },
  pages_other: '{{count}} trang',
  onlyFirst: 'Tệp có {{count}} trang, ở đây xem được {{shown}} trang đầu. Tải tệp gốc để xem hết.',
  page: 'Trang {{page}} / {{count}}',
  pageAlt: 'Trang {{page}} của {{name}}',
  pictureAlt: '{{name}}',
  previous: 'Trang trước',
  next: 'Trang sau',
  turning: 'Lật trang',
  download: 'Tải tệp gốc ({{size}})',
  notDrawn: 'Trang này không vẽ được thành ảnh. Tải tệp gốc để xem.',
  states: {
    encrypted: 'Tệp này đặt mật khẩu nên không xem được từng trang ở đây. Người gửi có thể gửi lại bản không đặt mật khẩu.',
    broken: 'Tệp này hỏng hoặc không phải PDF đúng cách nên không mở được. Người gửi có thể gửi lại bản khác.',
    empty: 'Tệp này không có trang nào.',
    'too-heavy': 'Tệp này nặng quá nên chưa vẽ được thành ảnh. Tải tệp gốc để xem.',
  },
  activeTitle: 'Tệp có mã chạy',
  active: {
    script: 'Trong tệp gốc có đoạn mã tự chạy.',
    launch: 'Tệp gốc có lệnh mở chương trình khác.',
    embedded: 'Trong tệp gốc có gói kèm tệp khác.',
    'form-sending': 'Tệp gốc có biểu mẫu tự gửi dữ liệu đi.',
  },
  activeSafe: 'Các trang dưới đây chỉ là ảnh nên xem được an toàn. Chỉ mở tệp gốc khi tin người gửi.',
  activeUnseen: 'Chỉ mở tệp gốc khi tin người gửi.',
  erased: 'Đã xoá theo yêu cầu ngày {{day}}',
};
