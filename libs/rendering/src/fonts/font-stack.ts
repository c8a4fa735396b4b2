/** What every text falls back to, behind the families that its template names: one order, so that each script has one look. */
export const fontStack = {
  serif: '"EB Garamond"',
  sans: '"Source Sans 3"',
  scripts:
    '"Noto Sans Devanagari","Noto Sans Tamil","Noto Sans Bengali","Noto Naskh Arabic","Noto Sans Hebrew","Noto Sans Thai"',
  /** Han characters look different in Chinese, Japanese and Korean text; the first that has one draws it. */
  han: {
    zh: '"Noto Sans SC","BIZ UDPMincho","Gowun Batang"',
    ja: '"BIZ UDPMincho","Noto Sans SC","Gowun Batang"',
    ko: '"Gowun Batang","Noto Sans SC","BIZ UDPMincho"',
  },
} as const;
