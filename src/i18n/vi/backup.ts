// Sao lưu và khôi phục, trên dòng lệnh.
export const backup = {
  usage: 'Cách dùng: npm run backup -- TỆP   hoặc: npm run backup -- --erasures TỆP (chỉ danh sách yêu cầu xoá)',
  listed: 'Đã ghi danh sách {{count}} yêu cầu xoá vào {{file}}.',
  restoreUsage: 'Cách dùng: npm run restore -- TỆP [--check] [--erasures TỆP]   (--check: chỉ kiểm tra bản sao lưu, không ghi gì)',
  made: 'Đã sao lưu {{documents}} bản ghi của {{collections}} bảng và {{files}} tệp ảnh, giấy tờ ({{megabytes}} MB) vào {{file}}.',
  plain:
    'Chú ý: bản sao lưu chứa khoá mã tem và dữ liệu cá nhân, chưa mã hoá (BACKUP_KEY chưa đặt). Chỉ chủ tệp đọc được; hãy cất nơi an toàn.',
  encrypted: 'Đã mã hoá bằng BACKUP_KEY. Mất khoá này thì không mở được bản sao lưu.',
  checked: 'Bản sao lưu nguyên vẹn: {{documents}} bản ghi, {{files}} tệp, lập lúc {{madeAt}}.',
  restored: 'Đã khôi phục và đối chiếu {{documents}} bản ghi, {{files}} tệp.',
  gap: 'Số lượt in tiếp theo bắt đầu từ {{next}}; tem in sau bản sao lưu này sẽ báo "in trước sự cố, chưa có dữ liệu".',
  erasures: 'Đã xoá lại {{count}} mục theo danh sách yêu cầu xoá.',
  signIn: 'Mọi người cần đăng nhập lại; máy của người ghi chép cần quét lại mã QR.',
};
