/** A writing system that Laurel's fonts have. */
export interface CoveredScript {
  /** ISO 15924, as Unicode's `Script` property takes it: `\p{Script=Deva}`. */
  readonly code: string;
  readonly name: string;
  /** BCP 47: a language written in it. */
  readonly language: string;
  /** The name of a person, as one would write it there; for samples. */
  readonly example: string;
}

/** The writing systems in which a certificate can be printed, shaped and without a box. */
export const coveredScripts: readonly CoveredScript[] = [
  { code: 'Latn', name: 'Latin', language: 'en', example: 'Wangari Maathai' },
  { code: 'Grek', name: 'Greek', language: 'el', example: 'Γιώργος Παπαδόπουλος' },
  { code: 'Cyrl', name: 'Cyrillic', language: 'uk', example: 'Соломія Крушельницька' },
  { code: 'Deva', name: 'Devanagari', language: 'hi', example: 'श्रीकृष्ण त्रिपाठी' },
  { code: 'Beng', name: 'Bengali', language: 'bn', example: 'অনন্যা চট্টোপাধ্যায়' },
  { code: 'Guru', name: 'Gurmukhi', language: 'pa', example: 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ' },
  { code: 'Gujr', name: 'Gujarati', language: 'gu', example: 'કૃષ્ણકાંત પટેલ' },
  { code: 'Orya', name: 'Odia', language: 'or', example: 'ସୁଭଦ୍ରା ମହାପାତ୍ର' },
  { code: 'Taml', name: 'Tamil', language: 'ta', example: 'கார்த்திகேயன் சுப்பிரமணியன்' },
  { code: 'Telu', name: 'Telugu', language: 'te', example: 'వెంకటేశ్వర్లు శ్రీనివాస్' },
  { code: 'Knda', name: 'Kannada', language: 'kn', example: 'ವಿಶ್ವೇಶ್ವರಯ್ಯ ಮೋಕ್ಷಗುಂಡಂ' },
  { code: 'Mlym', name: 'Malayalam', language: 'ml', example: 'ശ്രീലക്ഷ്മി നമ്പൂതിരി' },
  { code: 'Arab', name: 'Arabic', language: 'ar', example: 'محمد عبد الله السلامي' },
  { code: 'Hebr', name: 'Hebrew', language: 'he', example: 'דוד בן־גוריון' },
  { code: 'Thai', name: 'Thai', language: 'th', example: 'สมชาย ศรีสุวรรณ' },
  { code: 'Laoo', name: 'Lao', language: 'lo', example: 'ສົມພອນ ວົງສະຫວັນ' },
  { code: 'Khmr', name: 'Khmer', language: 'km', example: 'សុខ ពិសិដ្ឋ' },
  { code: 'Mymr', name: 'Myanmar', language: 'my', example: 'အောင်ဆန်းသူရ' },
  { code: 'Hans', name: 'Chinese', language: 'zh', example: '欧阳晓明' },
  { code: 'Jpan', name: 'Japanese', language: 'ja', example: '山田さくら' },
  { code: 'Kore', name: 'Korean', language: 'ko', example: '김철수' },
];
