import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fontFolders } from '../fonts/font-folders.ts';
import { uncoveredCharacter } from '../fonts/uncovered-character.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { SlotImage } from '../template/template-source.ts';

type Person = readonly [name: string, title: string];
interface Said {
  readonly language: string;
  readonly name: string;
  readonly what: string;
  readonly description?: string;
  readonly issuer: string;
  readonly completed?: string;
  readonly issued: string;
  readonly expires?: string;
  readonly people?: readonly Person[];
  readonly isSigned?: true;
}

/** In letters that the font of the signatures has: no font of the host may draw them. */
const SIGNED = ['Grace Hopper', 'Katherine Johnson'];
const LONG =
  'Maximiliana Wilhelmine Theodora von Hohenlohe-Waldenburg-Schillingsfürst zu Sayn-Wittgenstein-Berleburg-Ludwigsburg-Ahn1';
const SAID: Readonly<Record<string, Said>> = {
  latin: {
    language: 'en',
    name: 'Wangari Maathai',
    what: 'Foundations of Open Data',
    description: 'Twelve weeks of collecting, cleaning, describing and publishing data that others can trust.',
    issuer: 'Academy of Open Science',
    completed: '14 November 2026',
    issued: '21 November 2026',
    expires: '20 November 2029',
    people: [
      ['Dr Grace Hopper', 'Director of Studies'],
      ['Prof. Katherine Johnson', 'Rector'],
    ],
    isSigned: true,
  },
  long: {
    language: 'en',
    name: LONG,
    what: 'Advanced Methods of Quantitative Research in the Social, Behavioural and Environmental Sciences',
    description:
      'A programme of two semesters on the design of experiments, survey sampling, causal inference, time series, spatial statistics and reproducible computation, with a supervised project and a public defence of its results.',
    issuer: 'International Federation of Universities for Open Science, Technology and the Humanities',
    completed: '14 November 2026',
    issued: '21 November 2026',
    expires: '20 November 2029',
    people: [
      ['Prof. Dr Maximiliana von Hohenlohe-Waldenburg', 'Director of Graduate Studies and International Cooperation'],
      ['Dr Sarvepalli Radhakrishnan Venkataraman', 'Chair of the Board of Examiners'],
    ],
    isSigned: true,
  },
  little: {
    language: 'vi',
    name: 'Nguyễn Thị Ngọc Ánh',
    what: 'Nghề hàn',
    issuer: 'Trường Nghề',
    issued: '21/11/2026',
  },
  alone: {
    language: 'uk',
    name: 'Соломія Крушельницька',
    what: 'Основи відкритих даних',
    issuer: 'Ακαδημία Ανοικτής Επιστήμης',
    completed: '14 листопада 2026',
    issued: '21 листопада 2026',
    people: [['Γιώργος Παπαδόπουλος', 'Διευθυντής']],
    isSigned: true,
  },
  devanagari: {
    language: 'hi',
    name: 'श्रीकृष्ण त्रिपाठी',
    what: 'मुक्त आँकड़ों की बुनियाद',
    description: 'बारह सप्ताह का पाठ्यक्रम: ऐसे आँकड़े जुटाना, जाँचना और प्रकाशित करना जिन पर दूसरे भरोसा कर सकें।',
    issuer: 'मुक्त विज्ञान अकादमी',
    completed: '14 नवंबर 2026',
    issued: '21 नवंबर 2026',
    expires: '20 नवंबर 2029',
    people: [
      ['डॉ. सावित्री फुले', 'अध्ययन निदेशक'],
      ['প্রফেসর জগদীশ বসু', 'উপাচার্য'],
    ],
  },
  tamil: {
    language: 'ta',
    name: 'கார்த்திகேயன் சுப்பிரமணியன்',
    what: 'திறந்த தரவின் அடிப்படைகள்',
    description: 'பிறர் நம்பக்கூடிய தரவுகளைத் திரட்டி, சரிபார்த்து, வெளியிடும் பன்னிரண்டு வாரப் பயிற்சி.',
    issuer: 'திறந்த அறிவியல் கழகம்',
    completed: '14 நவம்பர், 2026',
    issued: '21 நவம்பர், 2026',
    people: [
      ['ಮೀನಾಕ್ಷಿ ಶ್ರೀನಿವಾಸ', 'ಅಧ್ಯಯನ ನಿರ್ದೇಶಕಿ'],
      ['ശ്രീലക്ഷ്മി നമ്പൂതിരി', 'വൈസ് ചാൻസലർ'],
    ],
  },
  telugu: {
    language: 'te',
    name: 'వెంకటేశ్వర్లు శ్రీనివాస్',
    what: 'ମୁକ୍ତ ତଥ୍ୟର ଭିତ୍ତି',
    description: 'ਖੁੱਲ੍ਹੇ ਅੰਕੜਿਆਂ ਦੀ ਬੁਨਿਆਦ: ਬਾਰਾਂ ਹਫ਼ਤਿਆਂ ਦਾ ਕੋਰਸ।',
    issuer: 'ઓપન સાયન્સ એકેડેમી',
    completed: '14 నవంబర్ 2026',
    issued: '21 నవంబర్ 2026',
  },
  arabic: {
    language: 'ar',
    name: 'محمد عبد الله السلامي',
    what: 'أسس البيانات المفتوحة',
    description: 'اثنا عشر أسبوعًا في جمع البيانات وتنقيحها ووصفها ونشرها على نحو يثق به الآخرون.',
    issuer: 'أكاديمية العلوم المفتوحة',
    completed: '١٤ نوفمبر ٢٠٢٦',
    issued: '٢١ نوفمبر ٢٠٢٦',
    expires: '٢٠ نوفمبر ٢٠٢٩',
    people: [
      ['د. فاطمة الفهري', 'مديرة الدراسات'],
      ['פרופ׳ רחל כהן', 'נשיאה'],
    ],
  },
  urdu: {
    language: 'ur',
    name: 'ڈاکٹر عبدالقدیر قریشی',
    what: 'کھلے اعداد و شمار کی بنیادیں',
    description: 'بارہ ہفتوں کا نصاب: قابلِ اعتماد اعداد و شمار جمع کرنا، پرکھنا اور شائع کرنا۔',
    issuer: 'اکادمی برائے آزاد سائنس',
    completed: '14 نومبر، 2026',
    issued: '21 نومبر، 2026',
    people: [
      ['نگہت یاسمین', 'ناظمِ تعلیمات'],
      ['فیض احمد', 'صدر'],
    ],
  },
  chinese: {
    language: 'zh',
    name: '欧阳晓明',
    what: '开放数据基础',
    description: '为期十二周的课程：收集、整理、描述并发布值得他人信赖的数据。',
    issuer: '开放科学研究院',
    completed: '2026年11月14日',
    issued: '2026年11月21日',
    people: [['김철수', '교무처장']],
  },
  japanese: {
    language: 'ja',
    name: '山田さくら',
    what: 'オープンデータの基礎',
    description: '信頼されるデータの収集、整理、記述、公開を十二週間で学ぶ課程。',
    issuer: 'オープンサイエンス学院',
    completed: '2026年11月14日',
    issued: '2026年11月21日',
  },
  thai: {
    language: 'th',
    name: 'สมชาย ศรีสุวรรณ',
    what: 'ພື້ນຖານຂໍ້ມູນເປີດ',
    description: 'หลักสูตรสิบสองสัปดาห์ว่าด้วยการรวบรวม ตรวจสอบ และเผยแพร่ข้อมูลที่ผู้อื่นเชื่อถือได้',
    issuer: 'สถาบันวิทยาศาสตร์เปิด',
    completed: '14 พฤศจิกายน 2569',
    issued: '21 พฤศจิกายน 2569',
    people: [
      ['សុខ ពិសិដ្ឋ', 'នាយកសិក្សា'],
      ['အောင်ဆန်းသူရ', 'ပါမောက္ခ'],
    ],
  },
};

/** Records that try a design: every writing system of the fonts, much text and little, with signatures and without. By the name of their pictures. */
export function sampleRecords(): Record<string, PrintRecord> {
  const [folder = ''] = fontFolders().filter((path) => path.includes('pinyon-script'));
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.ttf'));
  GlobalFonts.registerFromPath(join(folder, file), 'Pinyon');
  return Object.fromEntries(Object.entries(SAID).map(([name, said]) => [name, recordOf(said)]));
}

function recordOf(said: Said): PrintRecord {
  const values: Record<string, string> = {
    'recipient.name': said.name,
    'achievement.name': said.what,
    'achievement.description': said.description ?? '',
    'issuer.name': said.issuer,
    'completion.completedOn': said.completed ?? '',
    'completion.score': said.expires === undefined ? '' : '91.5',
    'certificate.number': 'ACME-2026-000142',
    'certificate.issuedOn': said.issued,
    'certificate.expiresOn': said.expires ?? '',
    'verify.url': 'https://certs.example.org/v/4fHk29sKdLq8PzXw7TnWmE',
  };
  const images: Record<string, SlotImage> = {};
  said.people?.forEach(([name, title], at) => {
    values[`signatories.${at}.name`] = name;
    values[`signatories.${at}.title`] = title;
    if (said.isSigned === true) images[`signatories.${at}.signature`] = signatureOf(SIGNED[at] ?? '');
  });
  const { language } = said;
  return { values, images, language, title: said.what, qr: values['verify.url'] ?? '' };
}

function signatureOf(name: string): SlotImage {
  const canvas = createCanvas(700, 160);
  const context = canvas.getContext('2d');
  [context.font, context.fillStyle, context.textAlign] = ['110px Pinyon', '#1c2a55', 'center'];
  context.fillText(name, 350, 108);
  return { mediaType: 'image/png', bytes: canvas.toBuffer('image/png') };
}

describe('the samples of the designs', () => {
  it.each(Object.entries(sampleRecords()))('%s is written in letters that the fonts have', (_, { values }) => {
    expect(Object.values(values).map(uncoveredCharacter).filter(Boolean)).toEqual([]);
  });
});
