# The same steps as `make`, in an image: Debian's packages, Python packages pinned by hash, no index named.
# It runs as a user of its own and writes to /data and /tmp only: docker run --read-only --tmpfs /tmp -v data:/data ...
FROM python:3.11-slim-bookworm AS built

WORKDIR /opt/dossier
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --quiet --only-binary :all: --require-hashes -r requirements.lock
COPY . .
RUN .venv/bin/python -m pip install --no-cache-dir --quiet --no-deps --no-build-isolation \
        --config-settings editable_mode=compat -e . \
    && .venv/bin/python -m compileall -q .

FROM python:3.11-slim-bookworm

# Word, RTF and OpenDocument need LibreOffice (and the walls of bubblewrap); --build-arg OFFICE= leaves it out.
ARG OFFICE="libreoffice-writer-nogui fonts-liberation fonts-crosextra-carlito"
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-chi-tra bubblewrap libseccomp2 ${OFFICE} \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --no-create-home --home-dir /tmp --uid 10001 dossier \
    && install -d -o dossier -g dossier -m 0700 /data /data/inbox

COPY --from=built /opt/dossier /opt/dossier
ENV OMP_THREAD_LIMIT=1 PATH=/opt/dossier/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOME=/tmp DOSSIER_DATA=/data \
    DOSSIER_HOST=0.0.0.0
USER dossier
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["dossier"]
CMD ["serve"]
