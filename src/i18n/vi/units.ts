// Words of the administrative units in forms.
export const units = {
  province: 'Tỉnh, thành phố',
  commune: 'Xã, phường, đặc khu',
  communeHint: 'Viết đủ, như Xã La Hiên. Gõ vài chữ rồi chọn trong danh sách hiện ra.',
  communeCode: 'Mã xã, phường',
  communeCodeHint: '5 chữ số, như 05740; số 0 đứng đầu vẫn ghi. Chọn tên trong danh sách thì để trống được.',
};
