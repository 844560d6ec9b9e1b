# The image of operator, webhook and certificate Job. Both bases are named by digest, so that the same source gives the same image:
#   podman build --build-arg BUILD_DIGEST=sha256:… --build-arg RUNTIME_DIGEST=sha256:… --tag quayside .
ARG BUILD_IMAGE=ubi9/nodejs-24
ARG BUILD_DIGEST
ARG RUNTIME_IMAGE=ubi9/nodejs-24-minimal
ARG RUNTIME_DIGEST

FROM ${BUILD_IMAGE}@${BUILD_DIGEST} AS build
USER 0
WORKDIR /src
COPY package.json package-lock.json ./
COPY tools/ tools/
# npm looks for every workspace of the lock file; the simulator itself stays out.
COPY simulator/package.json simulator/package.json
# The bundler needs none of the install scripts, and the image has its own Node.
RUN npm ci --ignore-scripts
COPY bin/ bin/
COPY src/ src/
RUN node tools/build.mjs --image && node tools/sbom.mjs > sbom.cdx.json

FROM ${RUNTIME_IMAGE}@${RUNTIME_DIGEST}
USER 0
RUN microdnf install --assumeyes --nodocs --setopt=install_weak_deps=0 git-core openssh-clients gnupg2 \
    && microdnf clean all \
    && rm -rf "$(npm root --global)/npm" "$(npm root --global)/corepack" /var/cache/* /root/.npm \
    && find /usr/bin /usr/local/bin \( -name 'npm*' -o -name 'npx*' -o -name 'corepack*' \) -delete \
    && ! command -v npm && git --version && command -v ssh && command -v gpg
COPY LICENSE /licenses/LICENSE
COPY --from=build /src/sbom.cdx.json /usr/share/quayside/sbom.cdx.json
COPY --from=build /src/package.json /opt/quayside/package.json
COPY --from=build /src/bin/ /opt/quayside/bin/
COPY --from=build /src/build/ /opt/quayside/build/
# Nothing is written outside of volumes, and whoever runs it need not be in /etc/passwd.
ENV NODE_ENV=production HOME=/tmp
USER 1001
WORKDIR /opt/quayside
ENTRYPOINT ["node", "/opt/quayside/bin/quayside.js"]
CMD ["--help"]
LABEL name="quayside" \
      summary="Makes Red Hat Quay the image registry of the cluster, the GitOps way" \
      description="Operator, admission webhook and certificate Job of Quayside" \
      io.k8s.display-name="Quayside" \
      org.opencontainers.image.licenses="Apache-2.0"
