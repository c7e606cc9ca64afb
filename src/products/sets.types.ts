// The 26 score cards of Decision 26/2026/QĐ-TTg by number, in the decision's own words.
export type OcopSet = { set: number; group: string; name: string };

export const ocopSets: readonly OcopSet[] = [
  { set: 1, group: 'Thực phẩm', name: 'Rau, củ, quả, hạt tươi' },
  { set: 2, group: 'Thực phẩm', name: 'Thịt, thủy sản, trứng, sữa tươi' },
  { set: 3, group: 'Thực phẩm', name: 'Gạo, ngũ cốc, hạt sơ chế khác' },
  { set: 4, group: 'Thực phẩm', name: 'Mật ong, mật khác và nông sản thực phẩm khác' },
  { set: 5, group: 'Thực phẩm', name: 'Đồ ăn nhanh' },
  { set: 6, group: 'Thực phẩm', name: 'Chế biến từ gạo, ngũ cốc' },
  { set: 7, group: 'Thực phẩm', name: 'Chế biến từ rau, củ, quả, hạt' },
  {
    set: 8,
    group: 'Thực phẩm',
    name: 'Chế biến từ thịt, thủy sản, trứng, sữa, các sản phẩm từ mật ong, mật khác và nông sản thực phẩm khác',
  },
  { set: 9, group: 'Thực phẩm', name: 'Tương, nước mắm, gia vị dạng lỏng khác' },
  { set: 10, group: 'Thực phẩm', name: 'Gia vị khác (muối, hành, tỏi, tiêu,...)' },
  { set: 11, group: 'Thực phẩm', name: 'Chè tươi, chè chế biến' },
  { set: 12, group: 'Thực phẩm', name: 'Sản phẩm trà từ thực vật khác' },
  { set: 13, group: 'Thực phẩm', name: 'Sản phẩm cà phê, ca cao' },
  { set: 14, group: 'Đồ uống', name: 'Rượu trắng' },
  { set: 15, group: 'Đồ uống', name: 'Đồ uống có cồn khác' },
  { set: 16, group: 'Đồ uống', name: 'Nước khoáng thiên nhiên, nước uống đóng chai' },
  { set: 17, group: 'Đồ uống', name: 'Đồ uống không cồn khác' },
  {
    set: 18,
    group: 'Dược liệu và sản phẩm từ dược liệu',
    name: 'Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền',
  },
  { set: 19, group: 'Dược liệu và sản phẩm từ dược liệu', name: 'Mỹ phẩm có thành phần từ dược liệu' },
  { set: 20, group: 'Dược liệu và sản phẩm từ dược liệu', name: 'Tinh dầu và dược liệu khác' },
  { set: 21, group: 'Hàng thủ công mỹ nghệ', name: 'Thủ công mỹ nghệ gia dụng, trang trí' },
  { set: 22, group: 'Hàng thủ công mỹ nghệ', name: 'Vải, may mặc' },
  { set: 23, group: 'Sinh vật cảnh', name: 'Hoa' },
  { set: 24, group: 'Sinh vật cảnh', name: 'Cây cảnh' },
  { set: 25, group: 'Sinh vật cảnh', name: 'Động vật cảnh' },
  {
    set: 26,
    group: 'Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch',
    name: 'Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch',
  },
];
