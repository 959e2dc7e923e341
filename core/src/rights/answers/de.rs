//! German.

pub(super) const WORDS: super::Words = [
    "Wir bearbeiten Ihre Anfrage {number}. Sie erhalten unsere Antwort spätestens am {due}.\n\n{controller}",
    "Um Ihre Anfrage {number} zu beantworten, müssen wir genauer wissen, worum es geht: um welche Daten, welchen Zeitraum oder welches Konto? Eine kurze Antwort genügt.\n\n{controller}",
    "Bevor wir Ihre Anfrage {number} beantworten, müssen wir sicher sein, dass sie von Ihnen kommt. Bitte nennen Sie uns etwas, das nur Sie wissen können, etwa die Nummer einer letzten Bestellung. Bitte schicken Sie keine Kopie eines Ausweises.\n\n{controller}",
    "Mit dieser Antwort auf Ihre Anfrage {number} erhalten Sie eine Kopie der Daten, die wir über Sie gespeichert haben. Die Dateien können eine begrenzte Zeit lang heruntergeladen werden.\n\n{controller}",
    "Wir haben, wie in Ihrer Anfrage {number} verlangt, nach Daten über Sie gesucht. Außer der Anfrage selbst haben wir keine gespeichert.\n\n{controller}",
    "Wie in Ihrer Anfrage {number} verlangt, haben wir die Daten gelöscht, die wir über Sie gespeichert hatten, und diejenigen benachrichtigt, an die wir sie weitergegeben hatten. Es bleibt der Nachweis, dass wir das getan haben.\n\n{controller}",
    "Wie in Ihrer Anfrage {number} verlangt, haben wir Ihre Daten berichtigt und diejenigen benachrichtigt, an die wir sie weitergegeben hatten.\n\n{controller}",
    "Wie in Ihrer Anfrage {number} verlangt, bewahren wir die betreffenden Daten auf und nutzen sie für nichts, was Sie nicht erlaubt haben.\n\n{controller}",
    "Wie in Ihrer Anfrage {number} verlangt, nutzen wir Ihre Daten für diesen Zweck nicht mehr. Das gilt ab jetzt.\n\n{controller}",
    "Wir haben Ihre Anfrage {number} geprüft. Unsere Antwort:\n\n\n\n{controller}",
    "Wir konnten nicht feststellen, dass die Anfrage {number} von der Person kommt, um deren Daten es geht. Um diese Person zu schützen, beantworten wir sie nicht. Sie können jederzeit erneut anfragen, mit etwas, woran wir Sie erkennen.\n\n{controller}",
    "Wir haben unter allem, was Sie uns mit der Anfrage {number} genannt haben, gesucht und keine Daten gefunden. Falls Sie unter einer anderen Adresse oder Nummer mit uns zu tun hatten, sagen Sie es uns, und wir suchen noch einmal.\n\n{controller}",
    "Ihre Anfrage {number} verlangt noch einmal, was wir vor kurzem beantwortet haben, und seither hat sich nichts geändert. Bitte fragen Sie nach einiger Zeit wieder an.\n\n{controller}",
    "Wir dürfen nicht alles tun, was die Anfrage {number} verlangt: Das Gesetz verpflichtet uns, einen Teil Ihrer Daten, etwa Rechnungen, für eine bestimmte Zeit aufzubewahren. Wir nutzen sie für nichts anderes und löschen sie, wenn diese Zeit vorbei ist.\n\n{controller}",
    "Ein Teil dessen, was die Anfrage {number} verlangt, würde etwas über andere Menschen verraten. Diesen Teil haben wir weggelassen; was Sie selbst betrifft, können wir Ihnen zeigen.\n\n{controller}",
];
