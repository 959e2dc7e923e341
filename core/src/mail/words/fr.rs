//! French.

use super::{Mails, Texts, Words};

pub(super) const WORDS: Words = Words {
    tag: "fr",
    hello: "Bonjour {person},",
    hello_anybody: "Bonjour,",
    request: "Demande",
    number: "Numéro",
    received: "Reçue le",
    answer_by: "Réponse avant le",
    law: "Loi",
    site: "Site",
    why: "Motif",
    wrote: "{controller} vous écrit :",
    no_button: "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :",
    questions: "Des questions ? Écrivez à {controller} : {contact}",
    complaint: "Si vous n’êtes pas d’accord, vous pouvez aussi introduire une réclamation auprès d’une autorité de protection des données ou saisir la justice.",
    complaint_us: "Si vous n’êtes pas d’accord, vous pouvez aussi vous adresser à l’autorité de protection des données ou à l’Attorney General de votre État.",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    date: "{day} {month} {year}",
    kinds: &[
        ("access", "Accès à vos données"),
        ("deletion", "Effacement de vos données"),
        ("portability", "Vos données à emporter"),
        ("rectification", "Rectification de vos données"),
        ("restriction", "Limitation de l’utilisation de vos données"),
        ("objection", "Opposition à l’utilisation de vos données"),
        ("opt_out_of_sale", "Ni vente ni partage de vos données"),
        ("limit_sensitive", "Utilisation limitée de vos données sensibles"),
        ("other", "Autre demande relative à vos données"),
    ],
    laws: &[
        ("gdpr", "RGPD (UE)"),
        ("uk", "UK GDPR (Royaume-Uni)"),
        ("ch", "Loi sur la protection des données (Suisse)"),
        ("ccpa", "CCPA (Californie)"),
        ("lgpd", "LGPD (Brésil)"),
        ("pipeda", "LPRPDE (Canada)"),
        ("quebec", "Loi sur la protection des renseignements personnels dans le secteur privé (Québec)"),
    ],
    denials: &[
        ("identity_not_verified", "Nous n’avons pas pu vérifier que la demande vient de la personne concernée."),
        ("no_match", "Nous n’avons trouvé aucune donnée vous concernant."),
        ("manifestly_unfounded", "La demande est manifestement infondée."),
        ("excessive", "La demande est excessive, notamment parce qu’elle en répète d’autres."),
        ("legal_obligation", "Une loi nous oblige à conserver ces données."),
        ("legal_claims", "Nous avons besoin de ces données pour constater, exercer ou défendre des droits en justice."),
        ("rights_of_others", "Satisfaire la demande porterait atteinte aux droits d’autres personnes."),
        ("freedom_of_expression", "La liberté d’expression et d’information s’y oppose."),
        ("compelling_grounds", "Des motifs légitimes et impérieux prévalent sur l’opposition."),
        ("not_covered", "Ce droit ne couvre pas ces données ou cette utilisation."),
        ("suspected_fraud", "Il y a lieu de croire que la demande est frauduleuse."),
        ("outside_jurisdiction", "La loi invoquée ne s’applique pas ici."),
        ("exemption", "La loi exclut ces données ou cette utilisation de ce droit."),
    ],
    extensions: &[
        ("complexity", "La demande est complexe."),
        ("number_of_requests", "Nous avons reçu un grand nombre de demandes."),
    ],
    mails: MAILS,
};

const CONFIRM: &str = "Confirmer la demande";
const SEE: &str = "Voir la demande";
const NOT_YOU: &str = "Si ce n’était pas vous, ne faites rien : sans cette confirmation, rien ne se passe.";

const MAILS: Mails = Mails {
    verify: Texts {
        subject: "Veuillez confirmer votre demande à {controller}",
        lead: &[
            "Quelqu’un, vous sans doute, a adressé à {controller} une demande relative aux données personnelles avec cette adresse e-mail.",
            "Veuillez confirmer que c’était vous. Le lien est valable une fois, jusqu’au {until}.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    reminder: Texts {
        subject: "Votre demande à {controller} attend votre confirmation",
        lead: &[
            "Une demande relative aux données personnelles a été adressée à {controller} avec cette adresse e-mail, et elle n’est pas encore confirmée.",
            "Veuillez confirmer que c’était vous. Le lien est valable une fois, jusqu’au {until} ; ensuite la demande sera supprimée.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    received: Texts {
        subject: "Votre demande {number} est arrivée chez {controller}",
        lead: &[
            "{controller} a reçu une demande relative aux données personnelles avec cette adresse e-mail. Aucune autre preuve n’est nécessaire.",
            "Elle sera satisfaite au plus tard le {due}.",
        ],
        button: SEE,
        after: &[],
    },
    confirmed: Texts {
        subject: "Votre demande {number} à {controller} est confirmée",
        lead: &[
            "Merci. {controller} a reçu votre demande et la traite.",
            "Vous recevrez la réponse au plus tard le {due}.",
        ],
        button: SEE,
        after: &[],
    },
    extended: Texts {
        subject: "Votre demande {number} prendra plus de temps",
        lead: &[
            "{controller} a besoin de plus de temps pour votre demande. Vous recevrez la réponse au plus tard le {due}.",
        ],
        button: SEE,
        after: &[],
    },
    message: Texts {
        subject: "Un message au sujet de votre demande {number}",
        lead: &["{controller} vous a écrit au sujet de votre demande."],
        button: "Lire et répondre",
        after: &[],
    },
    fulfilled: Texts {
        subject: "Votre demande {number} est satisfaite",
        lead: &[
            "{controller} a fait ce que vous avez demandé.",
            "Vos fichiers sont à votre disposition jusqu’au {files_until}.",
        ],
        button: "Voir la réponse",
        after: &[],
    },
    denied: Texts {
        subject: "La réponse à votre demande {number}",
        lead: &["{controller} ne peut pas faire ce que vous avez demandé."],
        button: "Voir la réponse",
        after: &["Vous pouvez contester cette décision jusqu’au {appeal_by}."],
    },
    withdrawn: Texts {
        subject: "Votre demande {number} est retirée",
        lead: &["Votre demande à {controller} est retirée. Elle n’aura pas d’autre suite."],
        button: SEE,
        after: &["Vous pouvez faire une nouvelle demande à tout moment."],
    },
    duplicate: Texts {
        subject: "Votre demande {number} rejoint une demande précédente",
        lead: &[
            "Vous avez déjà demandé la même chose à {controller}, et cette demande est encore ouverte.",
            "Les deux continuent sous le numéro {other}. Vous recevrez la réponse au plus tard le {due}.",
        ],
        button: SEE,
        after: &[],
    },
    sign_in: Texts {
        subject: "Votre lien de connexion chez {controller}",
        lead: &[
            "Ce lien vous montre vos demandes relatives aux données personnelles adressées à {controller}.",
            "Il est valable une fois et pour peu de temps. Ne le donnez à personne.",
        ],
        button: "Se connecter",
        after: &["Si vous ne l’avez pas demandé, ne faites rien : sans ce lien, personne ne peut se connecter."],
    },
    agent_filed: Texts {
        subject: "Quelqu’un a fait une demande en votre nom à {controller}",
        lead: &[
            "{agent} a adressé à {controller} une demande relative aux données personnelles et déclare agir avec votre autorisation.",
            "Veuillez confirmer que c’est exact. Le lien est valable une fois, jusqu’au {until}.",
        ],
        button: CONFIRM,
        after: &["Si vous n’avez autorisé personne, ne faites rien : sans cette confirmation, rien ne se passe."],
    },
    staff_notice: Texts {
        subject: "Demande {number} relative aux données sur {site}",
        lead: &["Une demande relative aux données personnelles attend une action."],
        button: "Ouvrir la demande",
        after: &[],
    },
    staff_sign_in: Texts {
        subject: "Votre lien vers le tableau de bord de {controller}",
        lead: &[
            "Ce lien vous connecte au tableau de bord de {controller}.",
            "Il fonctionne une seule fois, pendant un quart d’heure. Ne le donnez à personne.",
        ],
        button: "Se connecter",
        after: &["Si vous ne l’avez pas demandé, ne faites rien : sans ce lien, personne ne peut se connecter."],
    },
    staff_invited: Texts {
        subject: "Vous faites maintenant partie de l’équipe de {controller}",
        lead: &[
            "Vous avez reçu un accès au tableau de bord de confidentialité de {controller}.",
            "Ce lien fonctionne une seule fois, jusqu’au {until}. Ensuite, demandez-en un nouveau sur le tableau de bord, avec cette adresse.",
        ],
        button: "Ouvrir le tableau de bord",
        after: &["Si vous ne savez pas pourquoi, ne faites rien et demandez à {controller}."],
    },
};
