/** OB 3.0, enumeration AchievementType. */
const known = new Set([
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
]);

/** The type of an achievement as OB 3.0 takes it: one of its own, or an extension `ext:…` made of what was given. */
export function achievementType(given: string): string {
  if (known.has(given) || /^ext:[A-Za-z0-9._-]+$/.test(given)) return given;
  return `ext:${given.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
}
