/** Words of many writing systems whose letters climb high and fall deep; those that reach furthest first. */
export const tallWords: readonly string[] = [
  'ខ្ញុំឈ្មោះសុភ័ក្ត្រ',
  'محمد عبد اللہ چوہدری ہے',
  'श्रीकृष्ण शर्मा द्वितीया',
  'ผู้ใหญ่ญี่ปุ่น กุ้ง',
  'ကျော်စွာမြင့်ဦး',
  'కృష్ణమూర్తి శ్రీనివాసుల',
  'கார்த்திகேயன் ஸ்ரீ',
  '山田さくら花子',
  'Ἀλέξανδρος Παπαδόπουλος',
  'Мария Шарапова',
  'אַבְרָהָם בן־גוריון',
  'Ǻ́ẫ Nguyễn Thị Ọ̣',
];
