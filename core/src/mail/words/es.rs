//! Spanish.

use super::{Mails, Texts, Words};

pub(super) const WORDS: Words = Words {
    tag: "es",
    hello: "Hola, {person}:",
    hello_anybody: "Hola:",
    request: "Solicitud",
    number: "Número",
    received: "Recibida el",
    answer_by: "Respuesta antes del",
    law: "Ley",
    site: "Sitio",
    why: "Motivo",
    wrote: "{controller} escribe:",
    no_button: "Si el botón no funciona, copie esta dirección en su navegador:",
    questions: "¿Preguntas? Escriba a {controller}: {contact}",
    complaint: "Si no está de acuerdo, también puede reclamar ante una autoridad de protección de datos o acudir a los tribunales.",
    complaint_us: "Si no está de acuerdo, también puede dirigirse a la autoridad de privacidad o al fiscal general de su estado.",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    date: "{day} de {month} de {year}",
    kinds: &[
        ("access", "Acceso a sus datos"),
        ("deletion", "Supresión de sus datos"),
        ("portability", "Sus datos para llevárselos"),
        ("rectification", "Rectificación de sus datos"),
        ("restriction", "Limitación del uso de sus datos"),
        ("objection", "Oposición al uso de sus datos"),
        ("opt_out_of_sale", "Sin venta ni cesión de sus datos"),
        ("limit_sensitive", "Uso limitado de sus datos sensibles"),
        ("other", "Otra solicitud de privacidad"),
    ],
    laws: &[
        ("gdpr", "RGPD (UE)"),
        ("uk", "UK GDPR (Reino Unido)"),
        ("ch", "Ley de Protección de Datos (Suiza)"),
        ("ccpa", "CCPA (California)"),
        ("lgpd", "LGPD (Brasil)"),
        ("pipeda", "PIPEDA (Canadá)"),
        ("quebec", "Ley de información personal en el sector privado (Quebec)"),
    ],
    denials: &[
        (
            "identity_not_verified",
            "No hemos podido comprobar que la solicitud viene de la persona a la que se refieren los datos.",
        ),
        ("no_match", "No hemos encontrado datos sobre usted."),
        ("manifestly_unfounded", "La solicitud es manifiestamente infundada."),
        ("excessive", "La solicitud es excesiva, en particular porque repite otras anteriores."),
        ("legal_obligation", "Una ley nos obliga a conservar los datos."),
        ("legal_claims", "Necesitamos los datos para formular, ejercer o defender reclamaciones."),
        ("rights_of_others", "Atender la solicitud afectaría a los derechos de otras personas."),
        ("freedom_of_expression", "Se opone a ello la libertad de expresión e información."),
        ("compelling_grounds", "Hay motivos legítimos imperiosos que prevalecen sobre la oposición."),
        ("not_covered", "El derecho no abarca estos datos o este uso."),
        ("suspected_fraud", "Hay motivos para creer que la solicitud es fraudulenta."),
        ("outside_jurisdiction", "La ley en la que se basa la solicitud no se aplica aquí."),
        ("exemption", "La ley excluye estos datos o este uso de ese derecho."),
    ],
    extensions: &[
        ("complexity", "La solicitud es compleja."),
        ("number_of_requests", "Hemos recibido un gran número de solicitudes."),
    ],
    mails: MAILS,
};

const CONFIRM: &str = "Confirmar la solicitud";
const SEE: &str = "Ver la solicitud";
const NOT_YOU: &str = "Si no fue usted, no haga nada: sin esta confirmación no ocurre nada.";

const MAILS: Mails = Mails {
    verify: Texts {
        subject: "Confirme su solicitud a {controller}",
        lead: &[
            "Alguien, esperamos que usted, ha hecho una solicitud de privacidad a {controller} con esta dirección de correo.",
            "Confirme que fue usted. El enlace vale una vez, hasta el {until}.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    reminder: Texts {
        subject: "Su solicitud a {controller} sigue esperándole",
        lead: &[
            "Con esta dirección de correo se hizo una solicitud de privacidad a {controller} que todavía no está confirmada.",
            "Confirme que fue usted. El enlace vale una vez, hasta el {until}; después la solicitud se borrará.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    received: Texts {
        subject: "Su solicitud {number} ha llegado a {controller}",
        lead: &[
            "{controller} ha recibido una solicitud de privacidad con esta dirección de correo. No hace falta ninguna otra prueba.",
            "Se atenderá a más tardar el {due}.",
        ],
        button: SEE,
        after: &[],
    },
    confirmed: Texts {
        subject: "Su solicitud {number} a {controller} está confirmada",
        lead: &[
            "Gracias. {controller} tiene su solicitud y la está tramitando.",
            "Recibirá la respuesta a más tardar el {due}.",
        ],
        button: SEE,
        after: &[],
    },
    extended: Texts {
        subject: "Su solicitud {number} tardará más",
        lead: &["{controller} necesita más tiempo para su solicitud. Recibirá la respuesta a más tardar el {due}."],
        button: SEE,
        after: &[],
    },
    message: Texts {
        subject: "Un mensaje sobre su solicitud {number}",
        lead: &["{controller} le ha escrito sobre su solicitud."],
        button: "Leer y responder",
        after: &[],
    },
    fulfilled: Texts {
        subject: "Su solicitud {number} está atendida",
        lead: &[
            "{controller} ha hecho lo que usted pidió.",
            "Sus archivos están a su disposición hasta el {files_until}.",
        ],
        button: "Ver la respuesta",
        after: &[],
    },
    denied: Texts {
        subject: "La respuesta a su solicitud {number}",
        lead: &["{controller} no puede hacer lo que usted pidió."],
        button: "Ver la respuesta",
        after: &["Puede recurrir esta decisión hasta el {appeal_by}."],
    },
    withdrawn: Texts {
        subject: "Su solicitud {number} está retirada",
        lead: &["Su solicitud a {controller} está retirada. No se hará nada más."],
        button: SEE,
        after: &["Puede hacer una nueva solicitud en cualquier momento."],
    },
    duplicate: Texts {
        subject: "Su solicitud {number} sigue junto con una anterior",
        lead: &[
            "Usted ya pidió lo mismo a {controller}, y esa solicitud sigue abierta.",
            "Ambas siguen con el número {other}. Recibirá la respuesta a más tardar el {due}.",
        ],
        button: SEE,
        after: &[],
    },
    sign_in: Texts {
        subject: "Su enlace para entrar en {controller}",
        lead: &[
            "Con este enlace verá sus solicitudes de privacidad a {controller}.",
            "Vale una vez y por poco tiempo. No se lo dé a nadie.",
        ],
        button: "Entrar",
        after: &["Si no lo pidió, no haga nada: sin el enlace nadie puede entrar."],
    },
    agent_filed: Texts {
        subject: "Alguien ha hecho una solicitud en su nombre a {controller}",
        lead: &[
            "{agent} ha hecho una solicitud de privacidad a {controller} y dice tener su autorización.",
            "Confirme que es así. El enlace vale una vez, hasta el {until}.",
        ],
        button: CONFIRM,
        after: &["Si no autorizó a nadie, no haga nada: sin esta confirmación no ocurre nada."],
    },
    staff_notice: Texts {
        subject: "Solicitud de privacidad {number} en {site}",
        lead: &["Hay algo que hacer en una solicitud de privacidad."],
        button: "Abrir la solicitud",
        after: &[],
    },
    staff_sign_in: Texts {
        subject: "Su enlace al panel de {controller}",
        lead: &[
            "Con este enlace entra en el panel de {controller}.",
            "Funciona una sola vez y durante un cuarto de hora. No se lo dé a nadie.",
        ],
        button: "Entrar",
        after: &["Si no lo ha pedido, no haga nada: sin el enlace nadie puede entrar."],
    },
    staff_invited: Texts {
        subject: "Ahora forma parte del equipo de {controller}",
        lead: &[
            "Ha recibido acceso al panel de privacidad de {controller}.",
            "Este enlace funciona una sola vez, hasta el {until}. Después pida uno nuevo en el panel, con esta dirección.",
        ],
        button: "Abrir el panel",
        after: &["Si no sabe por qué, no haga nada y pregunte a {controller}."],
    },
};
