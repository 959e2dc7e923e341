//! German.

use super::{Mails, Texts, Words};

pub(super) const WORDS: Words = Words {
    tag: "de",
    hello: "Guten Tag {person},",
    hello_anybody: "Guten Tag,",
    request: "Anfrage",
    number: "Nummer",
    received: "Eingegangen",
    answer_by: "Antwort bis",
    law: "Gesetz",
    site: "Website",
    why: "Grund",
    wrote: "{controller} schreibt:",
    no_button: "Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
    questions: "Fragen? Schreiben Sie an {controller}: {contact}",
    complaint: "Wenn Sie nicht einverstanden sind, können Sie sich auch bei einer Datenschutzbehörde beschweren oder vor Gericht gehen.",
    complaint_us: "Wenn Sie nicht einverstanden sind, können Sie sich auch an die Datenschutzbehörde oder den Attorney General Ihres Bundesstaats wenden.",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    date: "{day}. {month} {year}",
    kinds: &[
        ("access", "Auskunft über Ihre Daten"),
        ("deletion", "Löschung Ihrer Daten"),
        ("portability", "Ihre Daten zum Mitnehmen"),
        ("rectification", "Berichtigung Ihrer Daten"),
        ("restriction", "Einschränkung der Nutzung Ihrer Daten"),
        ("objection", "Widerspruch gegen die Nutzung Ihrer Daten"),
        ("opt_out_of_sale", "Kein Verkauf und keine Weitergabe Ihrer Daten"),
        ("limit_sensitive", "Begrenzte Nutzung Ihrer sensiblen Daten"),
        ("other", "Andere Datenschutzanfrage"),
    ],
    laws: &[
        ("gdpr", "DSGVO (EU)"),
        ("uk", "UK GDPR"),
        ("ch", "Datenschutzgesetz (Schweiz)"),
        ("ccpa", "CCPA (Kalifornien)"),
        ("lgpd", "LGPD (Brasilien)"),
        ("pipeda", "PIPEDA (Kanada)"),
        ("quebec", "Gesetz über personenbezogene Informationen im privaten Sektor (Québec)"),
    ],
    denials: &[
        (
            "identity_not_verified",
            "Wir konnten nicht feststellen, dass die Anfrage von der Person kommt, um deren Daten es geht.",
        ),
        ("no_match", "Wir haben keine Daten über Sie gefunden."),
        ("manifestly_unfounded", "Die Anfrage ist offenkundig unbegründet."),
        ("excessive", "Die Anfrage ist exzessiv, insbesondere weil sie frühere wiederholt."),
        ("legal_obligation", "Ein Gesetz verpflichtet uns, die Daten aufzubewahren."),
        (
            "legal_claims",
            "Wir benötigen die Daten, um Rechtsansprüche geltend zu machen, auszuüben oder zu verteidigen.",
        ),
        ("rights_of_others", "Die Erfüllung würde Rechte anderer Personen verletzen."),
        ("freedom_of_expression", "Die Freiheit der Meinungsäußerung und Information steht dem entgegen."),
        ("compelling_grounds", "Es gibt zwingende schutzwürdige Gründe, die den Widerspruch überwiegen."),
        ("not_covered", "Das Recht erfasst diese Daten oder diese Nutzung nicht."),
        ("suspected_fraud", "Es besteht Grund zur Annahme, dass die Anfrage betrügerisch ist."),
        ("outside_jurisdiction", "Das Gesetz, auf das sich die Anfrage stützt, gilt hier nicht."),
        ("exemption", "Das Gesetz nimmt diese Daten oder diese Nutzung von dem Recht aus."),
    ],
    extensions: &[
        ("complexity", "Die Anfrage ist umfangreich oder schwierig."),
        ("number_of_requests", "Wir haben sehr viele Anfragen erhalten."),
    ],
    mails: MAILS,
};

const CONFIRM: &str = "Anfrage bestätigen";
const SEE: &str = "Anfrage ansehen";
const NOT_YOU: &str = "Falls Sie es nicht waren, tun Sie nichts: Ohne diese Bestätigung geschieht nichts.";

const MAILS: Mails = Mails {
    verify: Texts {
        subject: "Bitte bestätigen Sie Ihre Anfrage an {controller}",
        lead: &[
            "Jemand, hoffentlich Sie, hat mit dieser E-Mail-Adresse eine Datenschutzanfrage an {controller} gestellt.",
            "Bitte bestätigen Sie, dass Sie es waren. Der Link gilt einmal, bis zum {until}.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    reminder: Texts {
        subject: "Ihre Anfrage an {controller} wartet noch auf Sie",
        lead: &[
            "Mit dieser E-Mail-Adresse wurde eine Datenschutzanfrage an {controller} gestellt, die noch nicht bestätigt ist.",
            "Bitte bestätigen Sie, dass Sie es waren. Der Link gilt einmal, bis zum {until}; danach wird die Anfrage gelöscht.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    received: Texts {
        subject: "Ihre Anfrage {number} ist bei {controller} eingegangen",
        lead: &[
            "Bei {controller} ist eine Datenschutzanfrage mit dieser E-Mail-Adresse eingegangen. Sie braucht keinen weiteren Nachweis.",
            "Sie wird spätestens bis zum {due} erfüllt.",
        ],
        button: SEE,
        after: &[],
    },
    confirmed: Texts {
        subject: "Ihre Anfrage {number} an {controller} ist bestätigt",
        lead: &[
            "Vielen Dank. {controller} hat Ihre Anfrage und bearbeitet sie.",
            "Sie bekommen die Antwort spätestens bis zum {due}.",
        ],
        button: SEE,
        after: &[],
    },
    extended: Texts {
        subject: "Ihre Anfrage {number} dauert länger",
        lead: &["{controller} braucht mehr Zeit für Ihre Anfrage. Sie bekommen die Antwort spätestens bis zum {due}."],
        button: SEE,
        after: &[],
    },
    message: Texts {
        subject: "Eine Nachricht zu Ihrer Anfrage {number}",
        lead: &["{controller} hat Ihnen zu Ihrer Anfrage geschrieben."],
        button: "Lesen und antworten",
        after: &[],
    },
    fulfilled: Texts {
        subject: "Ihre Anfrage {number} ist erledigt",
        lead: &[
            "{controller} hat getan, worum Sie gebeten haben.",
            "Ihre Dateien liegen bis zum {files_until} für Sie bereit.",
        ],
        button: "Antwort ansehen",
        after: &[],
    },
    denied: Texts {
        subject: "Die Antwort auf Ihre Anfrage {number}",
        lead: &["{controller} kann nicht tun, worum Sie gebeten haben."],
        button: "Antwort ansehen",
        after: &["Sie können dieser Entscheidung bis zum {appeal_by} widersprechen."],
    },
    withdrawn: Texts {
        subject: "Ihre Anfrage {number} ist zurückgezogen",
        lead: &["Ihre Anfrage an {controller} ist zurückgezogen. Es geschieht nichts weiter."],
        button: SEE,
        after: &["Sie können jederzeit eine neue Anfrage stellen."],
    },
    duplicate: Texts {
        subject: "Ihre Anfrage {number} läuft mit einer früheren weiter",
        lead: &[
            "Sie haben {controller} schon früher um dasselbe gebeten, und diese Anfrage ist noch offen.",
            "Beide laufen unter der Nummer {other} weiter. Sie bekommen die Antwort spätestens bis zum {due}.",
        ],
        button: SEE,
        after: &[],
    },
    sign_in: Texts {
        subject: "Ihr Link zur Anmeldung bei {controller}",
        lead: &[
            "Mit diesem Link sehen Sie Ihre Datenschutzanfragen an {controller}.",
            "Er gilt einmal und nicht lange. Geben Sie ihn niemandem.",
        ],
        button: "Anmelden",
        after: &["Falls Sie ihn nicht angefordert haben, tun Sie nichts: Ohne den Link kann sich niemand anmelden."],
    },
    agent_filed: Texts {
        subject: "Jemand hat in Ihrem Namen eine Anfrage an {controller} gestellt",
        lead: &[
            "{agent} hat eine Datenschutzanfrage an {controller} gestellt und gibt an, von Ihnen beauftragt zu sein.",
            "Bitte bestätigen Sie, dass das stimmt. Der Link gilt einmal, bis zum {until}.",
        ],
        button: CONFIRM,
        after: &["Falls Sie niemanden beauftragt haben, tun Sie nichts: Ohne diese Bestätigung geschieht nichts."],
    },
    staff_notice: Texts {
        subject: "Datenschutzanfrage {number} auf {site}",
        lead: &["Zu einer Datenschutzanfrage ist etwas zu tun."],
        button: "Anfrage öffnen",
        after: &[],
    },
    staff_sign_in: Texts {
        subject: "Ihr Link zum Dashboard von {controller}",
        lead: &[
            "Mit diesem Link melden Sie sich am Dashboard von {controller} an.",
            "Er gilt einmal und eine Viertelstunde lang. Geben Sie ihn niemandem.",
        ],
        button: "Anmelden",
        after: &["Wenn Sie ihn nicht angefordert haben, tun Sie nichts: Ohne den Link kann sich niemand anmelden."],
    },
    staff_invited: Texts {
        subject: "Sie gehören jetzt zum Team von {controller}",
        lead: &[
            "Sie haben Zugang zum Datenschutz-Dashboard von {controller} erhalten.",
            "Dieser Link gilt einmal, bis {until}. Danach fordern Sie am Dashboard mit dieser Adresse einen neuen an.",
        ],
        button: "Dashboard öffnen",
        after: &["Wenn Sie nicht wissen, warum, tun Sie nichts und fragen Sie {controller}."],
    },
};
