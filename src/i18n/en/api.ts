export const api = {
  title: 'API of the trace register',
  intro: 'Everything the pages do can be done through the API by the same rules. JSON both ways; errors follow RFC 9457 in Vietnamese and English.',
  signInFirst: 'Sign in first',
  signInHow: 'POST /api/v1/sign-in gives an accessToken; send it as "Authorization: Bearer …".',
  ids: 'Your device makes each "id" (UUID version 7). The same id with the same content is recorded once.',
  machine: 'For machines (OpenAPI 3.1)',
  fields: 'Input',
  required: 'required',
  answers: 'Answers',
  refusals: 'Refusals',
  upload: 'Send the file itself, of type',
};
