/** A person whose certificate shows what a design does with a kind of name. */
export interface SampleRecord {
  /** How it is asked for; it stands in addresses. */
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
  readonly recipient: string;
  /** What the certificate is for, in the same writing system. */
  readonly achievement: string;
  /** A design that cannot print this one is not published; of the others only the reason is kept. */
  readonly isOrdinary?: true;
}

const of = (name: string, language: string, recipient: string, achievement: string): SampleRecord => ({
  name,
  language,
  recipient,
  achievement,
});

/** A short name, an ordinary one and a long one, then one of each writing system that the pinned fonts have. The first one is shown unless another is asked for. */
export const sampleRecords: readonly SampleRecord[] = [
  { ...of('ordinary', 'en', 'Asha Ramanathan', 'Foundations of Data Science'), isOrdinary: true },
  { ...of('short', 'en', 'Bo Li', 'Go'), isOrdinary: true },
  of(
    'long',
    'en',
    'Maximiliana Konstantinopoulou-Wolfeschlegelsteinhausen de la Santísima Trinidad',
    'Responsible Statistics, Machine Learning and Data Protection in Public Administration',
  ),
  of('accents', 'vi', 'Nguyễn Thị Ánh Tuyết', 'Nhập môn khoa học dữ liệu'),
  of('greek', 'el', 'Ελένη Παπαδοπούλου', 'Εισαγωγή στη Στατιστική'),
  of('cyrillic', 'uk', 'Олександра Шевченко', 'Основи програмування'),
  of('devanagari', 'hi', 'क्षितिज श्रीवास्तव', 'डेटा विज्ञान का परिचय'),
  of('bengali', 'bn', 'শ্রেয়সী বন্দ্যোপাধ্যায়', 'তথ্য বিজ্ঞানের ভূমিকা'),
  of('gurmukhi', 'pa', 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ', 'ਡਾਟਾ ਵਿਗਿਆਨ'),
  of('gujarati', 'gu', 'કૃષ્ણા પટેલ', 'માહિતી વિજ્ઞાનનો પરિચય'),
  of('odia', 'or', 'ସ୍ମୃତିରେଖା ମହାନ୍ତି', 'ତଥ୍ୟ ବିଜ୍ଞାନ'),
  of('tamil', 'ta', 'தமிழ்ச்செல்வி சுப்பிரமணியம்', 'தரவு அறிவியல்'),
  of('telugu', 'te', 'శ్రీనివాస్ కృష్ణమూర్తి', 'డేటా శాస్త్రం'),
  of('kannada', 'kn', 'ಶ್ರೀನಿವಾಸ ಕೃಷ್ಣಮೂರ್ತಿ', 'ದತ್ತಾಂಶ ವಿಜ್ಞಾನ'),
  of('malayalam', 'ml', 'ശ്രീലക്ഷ്മി കൃഷ്ണൻ', 'ഡാറ്റാ സയൻസ്'),
  of('arabic', 'ar', 'محمد بن عبد الله الفيصل', 'مقدمة في علم البيانات'),
  of('urdu', 'ur', 'فاطمہ جہانگیر', 'ڈیٹا سائنس کا تعارف'),
  of('hebrew', 'he', 'רבקה בן־דוד', 'מבוא למדעי הנתונים'),
  of('thai', 'th', 'ณัฐวุฒิ ศรีสุข', 'วิทยาการข้อมูลเบื้องต้น'),
  of('khmer', 'km', 'សុខ ចាន់ដារ៉ា', 'វិទ្យាសាស្ត្រទិន្នន័យ'),
  of('lao', 'lo', 'ສົມພອນ ແກ້ວມະນີ', 'ວິທະຍາສາດຂໍ້ມູນ'),
  of('myanmar', 'my', 'အောင်မြင့်ထွန်း', 'ဒေတာသိပ္ပံ'),
  of('chinese', 'zh-Hans', '欧阳明月', '数据科学导论'),
  of('japanese', 'ja', '長谷川 さくら', 'データサイエンス入門'),
  of('korean', 'ko', '김하늘', '데이터 과학 입문'),
];
