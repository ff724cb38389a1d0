# The command and the sandbox, from a checkout: docker build -t tonearm . ; docker run --rm tonearm --help
FROM python:3.13-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends flite \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/tonearm
COPY requirements-demo.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-demo.lock
COPY pyproject.toml README.md LICENSE ./
COPY generated generated
COPY overlay overlay
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && pip check

# Any user may run it: journals, paid chunks and profiles are kept in /state, files are read and written in /work.
ENV TONEARM_STATE=/state/tonearm XDG_CONFIG_HOME=/state/config PYTHONUNBUFFERED=1
RUN mkdir --mode=1777 /state /work
WORKDIR /work
VOLUME /state
ENTRYPOINT ["tonearm"]
CMD ["--help"]
