/** Whatever goes wrong is answered in the one form of shared/protocol/errors.ts. */
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError, toApiError } from './errors.ts';

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const { status } = sendError(reply, error);
    if (status >= 500) request.log.error({ err: error }, 'request failed');
  });
  app.setNotFoundHandler((_request, reply) => {
    sendError(reply, new ApiError('not-found', 'There is nothing at this address.'));
  });
}

export function sendError(reply: FastifyReply, error: unknown): ApiError {
  const answer = toApiError(error);
  void reply.code(answer.status).send(answer.body);
  return answer;
}

/** Requests that come by a connection kept open while the server stops. */
export function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onRequest', async () => {
    if (isClosing) throw new ApiError('unavailable', 'The team server is stopping.');
  });
}

/** What came is no HTTP, or came too slowly. */
export function answerNoHttp(socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(new ApiError('invalid', 'The request is no HTTP.').body);
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
