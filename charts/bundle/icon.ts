/** Our own mark: two piers and a ship's hull between them, in one colour. */
const svg = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">',
  '<rect width="64" height="64" rx="12" fill="#12324a"/>',
  '<path d="M8 20h8v32H8zM48 20h8v32h-8z" fill="#f2b134"/>',
  '<path d="M20 34h24l-5 14H25z" fill="#ffffff"/>',
  '<path d="M30 14h4v17h-4z" fill="#ffffff"/>',
  '<path d="M8 55h48" stroke="#7fc4dd" stroke-width="4" stroke-linecap="round"/>',
  '</svg>',
].join('');

/** The picture that OperatorHub shows. */
export const icon = { base64data: Buffer.from(svg).toString('base64'), mediatype: 'image/svg+xml' };
