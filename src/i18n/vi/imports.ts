// Lists on their way in: what is wrong with a file or a row, and what an import says of itself.
export const imports = {
  faults: {
    'file-empty': 'Tệp không có gì.',
    'file-no-rows': 'Tệp chỉ có dòng tiêu đề, chưa có dòng nào bên dưới.',
    'file-too-large': 'Tệp nặng quá {{maximum}} MB.',
    'file-too-heavy': 'Tệp Excel mở ra nặng quá {{maximum}} MB hoặc mở lâu quá, nên không đọc.',
    'file-too-many-rows': 'Tệp nhiều quá {{maximum}} dòng. Chia ra nhiều tệp.',
    'file-too-many-columns': 'Tệp nhiều quá {{maximum}} cột.',
    'file-old-excel': 'Tệp Excel kiểu cũ (.xls) hoặc đặt mật khẩu. Mở ra, bỏ mật khẩu rồi lưu thành .xlsx hoặc CSV.',
    'file-not-table': 'Tệp này không phải CSV hay Excel.',
    'file-broken': 'Tệp hỏng hoặc không phải Excel (.xlsx) đúng cách nên không mở được.',
    'file-quote-open': 'Có dấu ngoặc kép mở ra mà không đóng, từ dòng {{line}}.',
    'heading-missing': 'Thiếu cột này.',
    'heading-twice': 'Cột này có hai lần.',
    'heading-empty': 'Cột thứ {{position}} không có tên.',
    'heading-characters': 'Tên cột thứ {{position}} có ký tự lạ.',
    'cells-count': 'Dòng này có {{found}} ô, tiêu đề có {{expected}} cột.',
    'cell-characters': 'Có ký tự điều khiển, ký tự đảo chiều chữ hoặc ký tự không đọc được.',
    'cell-formula': 'Ô này báo lỗi công thức {{value}}.',
    'cell-too-long': 'Dài quá, nhiều nhất {{maximum}} ký tự.',
  },
};
