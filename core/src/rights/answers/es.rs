//! Spanish.

pub(super) const WORDS: super::Words = [
    "Estamos tramitando su solicitud {number}. Recibirá nuestra respuesta a más tardar el {due}.\n\n{controller}",
    "Para responder a su solicitud {number} necesitamos saber con más exactitud de qué se trata: ¿qué datos, qué período o qué cuenta? Basta una respuesta breve.\n\n{controller}",
    "Antes de responder a su solicitud {number} debemos estar seguros de que es suya. Indíquenos algo que solo usted pueda saber, por ejemplo el número de un pedido reciente. No envíe ninguna copia de un documento de identidad.\n\n{controller}",
    "Con esta respuesta a su solicitud {number} recibe una copia de los datos que tenemos sobre usted. Los archivos pueden descargarse durante un tiempo limitado.\n\n{controller}",
    "Hemos buscado datos sobre usted, como pide su solicitud {number}. Aparte de la propia solicitud, no tenemos ninguno.\n\n{controller}",
    "Como pide su solicitud {number}, hemos borrado los datos que teníamos sobre usted y hemos avisado a quienes se los habíamos transmitido. Queda la prueba de que lo hemos hecho.\n\n{controller}",
    "Como pide su solicitud {number}, hemos corregido sus datos y hemos avisado a quienes se los habíamos transmitido.\n\n{controller}",
    "Como pide su solicitud {number}, conservamos los datos en cuestión y no los usamos para nada que usted no haya permitido.\n\n{controller}",
    "Como pide su solicitud {number}, hemos dejado de usar sus datos para ese fin, desde ahora.\n\n{controller}",
    "Hemos examinado su solicitud {number}. Nuestra respuesta:\n\n\n\n{controller}",
    "No hemos podido comprobar que la solicitud {number} sea de la persona de cuyos datos se trata. Para proteger a esa persona, no la respondemos. Puede volver a solicitarlo en cualquier momento, con algo que nos permita reconocerle.\n\n{controller}",
    "Hemos buscado con todo lo que nos indicó en la solicitud {number} y no hemos encontrado datos. Si trató con nosotros con otra dirección u otro número, díganoslo y buscaremos de nuevo.\n\n{controller}",
    "Su solicitud {number} pide otra vez lo que respondimos hace poco, y desde entonces no ha cambiado nada. Vuelva a solicitarlo cuando haya pasado algún tiempo.\n\n{controller}",
    "No podemos hacer todo lo que pide la solicitud {number}: la ley nos obliga a conservar una parte de sus datos, como las facturas, durante un plazo fijado. No los usamos para nada más y los borramos cuando acaba ese plazo.\n\n{controller}",
    "Una parte de lo que pide la solicitud {number} revelaría algo sobre otras personas. Hemos dejado fuera esa parte y podemos mostrarle lo que se refiere a usted.\n\n{controller}",
];
