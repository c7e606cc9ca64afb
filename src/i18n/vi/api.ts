export const api = {
  title: 'API của sổ truy xuất',
  intro: 'Mọi việc làm trên trang đều làm được qua API với cùng quy tắc. Gửi và nhận JSON; lỗi theo RFC 9457 bằng tiếng Việt và tiếng Anh.',
  signInFirst: 'Cần đăng nhập',
  signInHow: 'Gửi POST /api/v1/sign-in để lấy accessToken, rồi kèm dòng "Authorization: Bearer …".',
  ids: 'Mã "id" do máy của bạn tạo (UUID phiên bản 7). Gửi lại cùng mã, cùng nội dung thì chỉ ghi một lần.',
  machine: 'Bản cho máy đọc (OpenAPI 3.1)',
  fields: 'Dữ liệu gửi',
  required: 'bắt buộc',
  answers: 'Trả lời',
  refusals: 'Từ chối',
  upload: 'Gửi thẳng tệp kiểu',
};
