package dev.tiebreak.rlhf.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Learns a byte-level BPE vocabulary (Sennrich et al. 2016 over bytes, as in GPT-2): again and again the most
/// frequent pair of neighbouring tokens becomes a token. Among equally frequent pairs the one of lower ids wins, which
/// makes the result that of Hugging Face's own trainer, merge for merge.
public final class BpeTrainer {
    /// GPT-2's pattern: no token crosses from a word into the next.
    private static final Pattern WORD = Pattern.compile(
            "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final int vocabSize;
    private final int minFrequency;
    private final SpecialTokens specialTokens;
    private final Map<String, long[]> wordCounts = new LinkedHashMap<>();

    /// @param vocabSize    tokens in all, special ones and the 256 bytes included
    /// @param minFrequency a pair seen more rarely is not merged
    public BpeTrainer(int vocabSize, int minFrequency, SpecialTokens specialTokens) {
        int least = 256 + specialTokens.all().size();
        if (vocabSize < least) {
            throw new IllegalArgumentException(
                    "vocabulary of " + vocabSize + " tokens cannot hold the bytes and special tokens: " + least);
        }
        this.vocabSize = vocabSize;
        this.minFrequency = Math.max(1, minFrequency);
        this.specialTokens = specialTokens;
    }

    /// Counts the words of a text. Leave special tokens out of it: they are not learnt.
    public BpeTrainer add(String text) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            wordCounts.computeIfAbsent(words.group(), _ -> new long[1])[0]++;
        }
        return this;
    }

    public ByteLevelBpe train() {
        return new Merging().run();
    }

    /// The state of one training: words as token ids, and where each pair occurs.
    private final class Merging {
        private final List<String> tokens = new ArrayList<>(specialTokens.all());
        private final Map<String, Integer> idOfToken = new HashMap<>();
        private final List<ByteLevelBpe.Merge> merges = new ArrayList<>();
        private final List<int[]> words = new ArrayList<>();
        private final long[] countOfWord = new long[wordCounts.size()];
        private final Map<Long, PairState> pairs = new HashMap<>();
        private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
                Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

        private static final class PairState {
            private long count;
            private int[] words = new int[4]; // may repeat a word or name one that has lost the pair
            private int size;

            void occursIn(int word) {
                if (size > 0 && words[size - 1] == word) {
                    return;
                }
                if (size == words.length) {
                    words = Arrays.copyOf(words, 2 * size);
                }
                words[size++] = word;
            }
        }

        private record Candidate(long count, long pair) {}

        ByteLevelBpe run() {
            addBytes();
            addWords();
            pairs.forEach((pair, state) -> queue.add(new Candidate(state.count, pair)));
            while (tokens.size() < vocabSize && !queue.isEmpty()) {
                Candidate best = queue.remove();
                PairState state = pairs.get(best.pair());
                if (state == null || state.count < minFrequency) {
                    continue;
                }
                if (state.count < best.count()) { // the count has fallen since: queue it where it belongs now
                    queue.add(new Candidate(state.count, best.pair()));
                } else if (state.count == best.count()) {
                    merge(best.pair(), state);
                }
            }
            return new ByteLevelBpe(specialTokens, List.copyOf(tokens), List.copyOf(merges));
        }

        private void addBytes() {
            char[] alphabet = new char[256];
            for (int b = 0; b < 256; b++) {
                alphabet[b] = ByteAlphabet.characterOf(b);
            }
            Arrays.sort(alphabet);
            for (char character : alphabet) {
                idOfToken.put(String.valueOf(character), tokens.size());
                tokens.add(String.valueOf(character));
            }
        }

        private void addWords() {
            int[] idOfByte = new int[256];
            for (int b = 0; b < 256; b++) {
                idOfByte[b] = idOf(String.valueOf(ByteAlphabet.characterOf(b)));
            }
            wordCounts.forEach((word, count) -> {
                byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                int[] ids = new int[bytes.length];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = idOfByte[bytes[i] & 0xff];
                }
                countOfWord[words.size()] = count[0];
                words.add(ids);
                count(words.size() - 1, 1);
            });
        }

        private void merge(long pair, PairState state) {
            int left = (int) (pair >>> 32);
            int right = (int) pair;
            String merged = tokens.get(left) + tokens.get(right);
            int id = idOfToken.computeIfAbsent(merged, token -> {
                tokens.add(token);
                return tokens.size() - 1;
            });
            merges.add(new ByteLevelBpe.Merge(tokens.get(left), tokens.get(right)));
            for (int i = 0; i < state.size; i++) {
                int word = state.words[i];
                int[] before = words.get(word);
                int[] after = replaced(before, left, right, id);
                if (after.length < before.length) {
                    count(word, -1);
                    words.set(word, after);
                    count(word, 1);
                    queuePairsWith(id, after);
                }
            }
            pairs.remove(pair);
        }

        /// Adds or takes away what this word contributes to every pair in it.
        private void count(int word, int sign) {
            int[] ids = words.get(word);
            for (int i = 1; i < ids.length; i++) {
                PairState state = pairs.computeIfAbsent(pairOf(ids[i - 1], ids[i]), _ -> new PairState());
                state.count += sign * countOfWord[word];
                if (sign > 0) {
                    state.occursIn(word);
                }
            }
        }

        private void queuePairsWith(int id, int[] ids) {
            for (int i = 1; i < ids.length; i++) {
                if (ids[i - 1] == id || ids[i] == id) {
                    long pair = pairOf(ids[i - 1], ids[i]);
                    PairState state = pairs.get(pair);
                    if (state != null) {
                        queue.add(new Candidate(state.count, pair)); // those queued with less count are passed over
                    }
                }
            }
        }

        private int[] replaced(int[] ids, int left, int right, int merged) {
            int[] result = new int[ids.length];
            int size = 0;
            for (int i = 0; i < ids.length; i++) {
                boolean here = i + 1 < ids.length && ids[i] == left && ids[i + 1] == right;
                result[size++] = here ? merged : ids[i];
                i += here ? 1 : 0;
            }
            return Arrays.copyOf(result, size);
        }

        private int idOf(String token) {
            Integer id = idOfToken.get(token);
            if (id == null) {
                throw new IllegalStateException("no such token: " + token);
            }
            return id;
        }

        private static long pairOf(int left, int right) {
            return ((long) left << 32) | right;
        }
    }
}
