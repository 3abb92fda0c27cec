/** What a package says of itself to the platform. */
export interface About {
  title: { ko: string; en: string };
  description: { ko: string; en: string };
  language: 'ko' | 'en';
  /** Files of the package, by their paths with `/`, the launch page's with them. */
  files: string[];
  /** The launch page's file. */
  launch: string;
}

/** Names this course among others; a platform takes two packages with the same for one course. */
const COURSE = 'urn:uuid:5f0c7b2e-9d41-4c9b-8a53-2f6f1d0b7c11';
const UNIT = 'urn:uuid:8c1a4f36-6e0d-4b7a-b1c4-90d2f3a7e852';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
const href = (file: string): string => escaped(file.split('/').map(encodeURIComponent).join('/'));
const files = ({ files: all }: About): string => all.map((file) => `      <file href="${href(file)}"/>`).join('\n');

/** `imsmanifest.xml` of SCORM 1.2 (ADL, Content Aggregation Model 1.2, 2.3). */
export const manifest12 = (about: About): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="packet-to-pod-12" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${escaped(about.title[about.language])}</title>
      <item identifier="course-item" identifierref="launch" isvisible="true">
        <title>${escaped(about.title[about.language])}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="launch" type="webcontent" adlcp:scormtype="sco" href="${href(about.launch)}">
${files(about)}
    </resource>
  </resources>
</manifest>
`;

/** `imsmanifest.xml` of SCORM 2004, 4th edition. What the content says is taken as it is, nothing is rolled up in its place. */
export const manifest2004 = (about: About): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="packet-to-pod-2004" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${escaped(about.title[about.language])}</title>
      <item identifier="course-item" identifierref="launch" isvisible="true">
        <title>${escaped(about.title[about.language])}</title>
        <imsss:sequencing>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="launch" type="webcontent" adlcp:scormType="sco" href="${href(about.launch)}">
${files(about)}
    </resource>
  </resources>
</manifest>
`;

const strings = (name: string, text: { ko: string; en: string }, indent: string): string =>
  `${indent}<${name}>\n${(['ko', 'en'] as const)
    .map((language) => `${indent}  <langstring lang="${language}">${escaped(text[language])}</langstring>`)
    .join('\n')}\n${indent}</${name}>`;

/** `cmi5.xml`: a course of one unit, which is done when it is completed; the exam is reported as passed besides. */
export const courseStructure = (about: About): string => `<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="${COURSE}">
${strings('title', about.title, '    ')}
${strings('description', about.description, '    ')}
  </course>
  <au id="${UNIT}" moveOn="Completed" launchMethod="AnyWindow">
${strings('title', about.title, '    ')}
${strings('description', about.description, '    ')}
    <url>${href(about.launch)}</url>
  </au>
</courseStructure>
`;
