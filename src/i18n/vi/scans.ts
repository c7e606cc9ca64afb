export const scans = {
  title: 'Mã nghi vấn',
  about:
    'Những mã của từng gói bị quét ở nhiều nơi hoặc quá nhiều lần. Có thể tem đã bị sao chép; cũng có thể mã thật được nhiều người xem. Chỉ đếm theo ngày và theo tỉnh, không biết ai đã quét.',
  none: 'Chưa có mã nào nghi vấn.',
  reason: { places: 'Bị quét ở nhiều nơi.', many: 'Bị quét quá nhiều lần.' },
  count: '{{n}} lần, lần đầu ngày {{day}}.',
  nowhere: 'không rõ nơi',
};
