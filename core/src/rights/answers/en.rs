//! English.

pub(super) const WORDS: super::Words = [
    "We are working on your request {number}. You will have our answer by {due} at the latest.\n\n{controller}",
    "To answer your request {number} we need to know more exactly what it is about: which data, which period, or which account? A short answer is enough.\n\n{controller}",
    "Before we answer your request {number} we need to be sure that it is from you. Please tell us something that only you can know of your dealings with us, such as the number of a recent order. Please send no copy of an identity card.\n\n{controller}",
    "With this answer to your request {number} you get a copy of the data that we hold about you. The files can be downloaded for a limited time.\n\n{controller}",
    "We have looked for data about you as your request {number} asks. Beside the request itself we hold none.\n\n{controller}",
    "As your request {number} asks, we have erased the data that we held about you, and have told those whom we had passed it on to. What remains is the proof that we did so.\n\n{controller}",
    "As your request {number} asks, we have corrected your data, and have told those whom we had passed it on to.\n\n{controller}",
    "As your request {number} asks, we keep the data in question and use it for nothing that you have not allowed.\n\n{controller}",
    "As your request {number} asks, we have stopped using your data for this purpose. That holds from now on.\n\n{controller}",
    "We have looked into your request {number}. Our answer:\n\n\n\n{controller}",
    "We could not make sure that the request {number} is from the person whose data it is about. To protect that person we do not answer it. You can ask again at any time, with something by which we can know you.\n\n{controller}",
    "We have looked for data under everything that you gave us with the request {number} and have found none. If you dealt with us under another address or number, tell us, and we will look again.\n\n{controller}",
    "Your request {number} asks again for what we answered a short time ago, and nothing has changed since. Please ask again when some time has passed.\n\n{controller}",
    "We may not do all that the request {number} asks for: the law has us keep part of your data, such as invoices, for a fixed time. We use it for nothing else and erase it when that time is over.\n\n{controller}",
    "Part of what the request {number} asks for would tell about other people. We have left that part out and can show you what is about you.\n\n{controller}",
];
