// A second witness of what leaves a browser: a proxy between it and everything else, which writes every request down. It
// knows nothing of pages, so nothing that a page or a debugger hides from view escapes it.
import { createServer, request as forward } from 'node:http';

/** Resolves to the proxy's address, for a visitor's option `proxy: {server}`, and the list that grows: `METHOD path`. */
export async function tapWire() {
  const requests = [];
  const proxy = createServer((request, response) => {
    const { pathname } = new URL(request.url); // a proxy is asked with whole addresses
    requests.push(`${request.method} ${pathname}`);
    const onward = forward(request.url, { method: request.method, headers: request.headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxy.unref(); // it is there as long as any visitor, whose page may send something until the very end
  return { server: `http://127.0.0.1:${proxy.address().port}`, requests };
}
