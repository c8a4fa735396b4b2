const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';

/**
 * Puts a credential into an SVG file (Open Badges 3.0, 5.3.2): a compact JWS as an attribute, the text of a JSON document as its content, so that `]]>` in one of
 * its values cannot end it.
 *
 * @param svg whose first tag is that of its root, as a serializer writes it: without `>` in an attribute
 */
export function bakeSvg(svg: string, credential: string): string {
  const end = svg.indexOf('>');
  if (!svg.startsWith('<svg') || end < 0 || svg[end - 1] === '/')
    throw new Error('A credential can only be baked into an SVG that begins with its root and has content.');
  const isJws = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
  const baked = isJws
    ? `<openbadges:credential verify="${credential}"/>`
    : `<openbadges:credential><![CDATA[${credential.replaceAll(']]>', ']]\\u003e')}]]></openbadges:credential>`;
  return `${svg.slice(0, end)} xmlns:openbadges="${NAMESPACE}">${baked}${svg.slice(end + 1)}`;
}
