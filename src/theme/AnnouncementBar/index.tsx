/** There are no announcements; the theme's bar would weigh on every page. */
export default function AnnouncementBar(): null {
  return null;
}
