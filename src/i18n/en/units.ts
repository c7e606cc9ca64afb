// Words of the administrative units in forms.
export const units = {
  province: 'Province or city',
  commune: 'Commune, ward or special zone',
  communeHint: 'In full, such as Xã La Hiên. Type a few letters and choose from the list that opens.',
  communeCode: 'Commune code',
  communeCodeHint: '5 digits, such as 05740, zeros in front included. May stay empty when the name is chosen from the list.',
};
