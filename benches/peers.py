"""Reads the reviews of a file of JSON Lines with fastText and SnowNLP, one thread each, and prints reviews a second.

Run by the benchmark in a throw-away environment. fastText is trained on the same reviews first, as a shop would train it:
characters as words, three in a row; only its reading is timed. Reading the JSON is part of the time, as it is of ours.
"""
import json
import sys
import tempfile
import time

path, limit = sys.argv[1], int(sys.argv[2])


def lines():
    with open(path, encoding="utf8") as file:
        for line, _ in zip(file, range(limit)):
            yield line


def spaced(text):
    return " ".join("".join(text.split()))


def rate_of_fasttext():
    import fasttext

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf8") as train:
        for line in lines():
            review = json.loads(line)
            train.write(f"__label__{int(review['rating'] > 3)} {spaced(review['text'])}\n")
        train.flush()
        model = fasttext.train_supervised(train.name, wordNgrams=3, epoch=1, thread=1, verbose=0, bucket=200000, dim=100)
    start, count, out = time.perf_counter(), 0, []
    for line in lines():
        review = json.loads(line)
        # The core's own call: the wrapper around it does not work with numpy 2.
        answer = model.f.predict(spaced(review["text"]) + "\n", 1, 0.0, "strict")
        out.append(json.dumps({"id": review["id"], "label": answer[0][1], "score": answer[0][0]}))
        count += 1
    return count / (time.perf_counter() - start)


def rate_of_snownlp():
    from snownlp import SnowNLP

    SnowNLP("好").sentiments
    start, count = time.perf_counter(), 0
    for line in lines():
        review = json.loads(line)
        json.dumps({"id": review["id"], "score": SnowNLP(review["text"]).sentiments})
        count += 1
        if count == 2000:
            break
    return count / (time.perf_counter() - start)


for name, measure in (("fasttext", rate_of_fasttext), ("snownlp", rate_of_snownlp)):
    try:
        print(name, measure())
    except Exception as error:  # a peer that cannot be used is said to be missing, whatever the reason
        print(name, "missing", type(error).__name__, error)
