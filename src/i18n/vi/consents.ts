export const consents = {
  title: 'Đồng ý công khai',
  open: 'Xem và đổi các mục đồng ý',
  saved: 'Đã ghi. Trang công khai đổi theo ngay.',
  leadHousehold:
    'Hộ là cá nhân. Mục nào chưa đồng ý thì người ngoài không thấy. Đồng ý từng mục, rút lại lúc nào cũng được, không cần nêu lý do.',
  leadOrganisation:
    'Tên, địa chỉ, điện thoại của tổ chức là thông tin kinh doanh nên vẫn hiện. Dưới đây chỉ hỏi về người đại diện.',
  onPaper: 'Chỉ ghi khi chủ thể đã đồng ý bằng giấy hoặc trước mặt bạn. Lần ghi nào cũng giữ tên người ghi.',
  agree: 'Đồng ý',
  takeBack: 'Rút lại',
  agreeTo: 'Đồng ý: {{item}}',
  takeBackOf: 'Rút lại: {{item}}',
  never: 'Chưa đồng ý.',
  agreed: 'Đã đồng ý từ ngày {{day}}.',
  takenBack: 'Đã rút lại ngày {{day}}.',
  history: 'Các lần đã ghi',
  historyAgreed: 'Đồng ý “{{item}}” (lời hỏi ngày {{version}})',
  historyTakenBack: 'Rút lại “{{item}}”',
  copies:
    'Rút lại thì trang của chúng tôi thôi hiện trong vòng 5 giây. Bản mà người khác đã tải hoặc chụp lại trước đó thì chúng tôi không thu về được.',
  privacyLink: 'Chúng tôi giữ những gì, bao lâu',
  items: {
    'public-name': {
      title: 'Hiện tên hộ',
      text: 'Người quét tem và người xem trang sản phẩm thấy tên hộ, xóm, mã số, lời giới thiệu và gian hàng của hộ. Chưa đồng ý thì chỉ ghi “hộ sản xuất” kèm xã, tỉnh.',
    },
    'public-phone': {
      title: 'Hiện số điện thoại',
      text: 'Người quét tem thấy số điện thoại của hộ và gọi được. Chưa đồng ý thì không có số nào hiện ra.',
    },
    'public-place': {
      title: 'Hiện đúng chỗ sản xuất',
      text: 'Bản đồ vẽ đường bao vườn, ruộng, xưởng của hộ. Chưa đồng ý thì chỉ nói đến xã.',
    },
    'public-photos': {
      title: 'Hiện ảnh ghi việc',
      text: 'Người quét tem thấy ảnh chụp khi làm việc, trong đó có thể có người và nhà của hộ. Chưa đồng ý thì chỉ ghi là có ảnh. Ảnh sản phẩm không thuộc mục này.',
    },
    'label-name': {
      title: 'In tên và địa chỉ hộ lên tem',
      text: 'Tem hàng hoá phải có tên và địa chỉ người sản xuất, nên chưa đồng ý thì chưa in được tem. Rút lại thì không in thêm; tem đã in vẫn còn tên.',
    },
    'public-representative': {
      title: 'Hiện tên người đại diện',
      text: 'Trang công khai ghi tên người đại diện của chủ thể. Chưa đồng ý thì không hiện.',
    },
  },
};
