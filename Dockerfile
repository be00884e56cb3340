# Every RUN step is a command that also runs in a checkout (test/repository/repository.spec.ts holds it to that).

FROM node:24-bookworm-slim AS build
WORKDIR /app
# What the build needs, sources too: `npm ci` ends with the project's own `prepare`, which compiles them to dist/.
COPY . .
RUN npm ci
RUN npm prune --omit=dev
RUN node scripts/prune-runtime.mjs

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Contactsheet" \
      org.opencontainers.image.description="A pile of images in, one clean sheet of records out." \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/weights weights
COPY --from=build /app/samples/images samples/images
COPY --from=build /app/bin bin
COPY --from=build /app/client/dist client/dist
COPY --from=build /app/dist dist
# The program's own files stay root's: the account that runs it can write nothing but its data.
RUN install -d -o node -g node -m 700 /data
# The model runtime reports to its maker unless told otherwise.
ENV NODE_ENV=production \
    ORT_DISABLE_TELEMETRY=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm, which would not pass SIGTERM on: the server lets its runs wait for the next start.
CMD ["node", "bin/contactsheet.mjs", "serve"]
