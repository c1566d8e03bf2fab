# The same steps as `make`, in an image: Debian's packages, Python packages pinned by hash, no index named.
FROM python:3.11-slim-bookworm

# Word, RTF and OpenDocument need LibreOffice (and the walls of bubblewrap); --build-arg OFFICE= leaves it out.
ARG OFFICE="libreoffice-writer-nogui fonts-liberation fonts-crosextra-carlito"
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-chi-tra bubblewrap libseccomp2 ${OFFICE} \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 dossier

WORKDIR /opt/dossier
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --quiet --only-binary :all: --require-hashes -r requirements.lock
COPY . .
RUN .venv/bin/python -m pip install --no-cache-dir --quiet --no-deps --no-build-isolation \
        --config-settings editable_mode=compat -e . \
    && .venv/bin/python -m compileall -q -x '\.venv' .

ENV OMP_THREAD_LIMIT=1 PATH=/opt/dossier/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER dossier
WORKDIR /work
ENTRYPOINT ["dossier"]
CMD ["--help"]
