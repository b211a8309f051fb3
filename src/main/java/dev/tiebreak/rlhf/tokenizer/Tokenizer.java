package dev.tiebreak.rlhf.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// A model's tokenizer, read from the folder the model lies in. Safe to share between threads.
///
/// Runs Hugging Face's own tokenizer (Rust, through DJL), so the ids are those of transformers.
public final class Tokenizer implements AutoCloseable {
    private static final Map<String, String> OPTIONS = Map.of(
            "addSpecialTokens", "false",
            "truncation", "false", // on by default, at 512 tokens, without a word
            "padding", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFiles files;
    private final boolean addsBos;
    private final ChatTemplate chatTemplate;

    private Tokenizer(HuggingFaceTokenizer tokenizer, TokenizerFiles files) {
        this.tokenizer = tokenizer;
        this.files = files;
        this.addsBos = bosId().isPresent() && files.addsBos().orElseGet(this::postProcessorAddsBos);
        this.chatTemplate = files.chatTemplate()
                .map(source -> ChatTemplate.jinja(source, specialTokens()))
                .orElseGet(() -> ChatTemplate.plain(eosToken().orElse("")));
    }

    /// Unpacks the tokenizers' native library into DJL's cache, where that is still to be done, and loads it.
    public static void loadLibrary() {
        stayOffline();
        LibUtils.checkStatus();
    }

    /// Reads `tokenizer.json` and what stands beside it: `tokenizer_config.json`, `special_tokens_map.json`,
    /// `chat_template.jinja`, `config.json` and `generation_config.json`, each of these if there.
    ///
    /// @throws WrongInputException when tokenizer.json is missing or broken
    public static Tokenizer load(Path folder) {
        return load(folder, folder);
    }

    /// The tokenizer that lies apart from its model, such as an adapter's: what the folder does not say of the ids that
    /// end a text, the model's configurations do.
    public static Tokenizer load(Path folder, Path model) {
        TokenizerFiles files = new TokenizerFiles(folder, model);
        Path file = folder.resolve("tokenizer.json");
        stayOffline();
        try (InputStream json = Files.newInputStream(file)) {
            return new Tokenizer(HuggingFaceTokenizer.newInstance(json, OPTIONS), files);
        } catch (IOException | RuntimeException e) {
            if (e instanceof WrongInputException wrong) {
                throw wrong;
            }
            throw new WrongInputException(file + ": is not a usable tokenizer (" + e.getMessage() + ")", e);
        }
    }

    /// Token ids of the text as it stands; nothing is added, but special tokens written out in the text are found.
    public int[] encode(String text) {
        return encoded(text, encoding -> toInts(TokenizersLibrary.LIB.getTokenIds(encoding)));
    }

    /// The same with the place of each token in the text.
    public LocatedTokens encodeLocated(String text) {
        return encoded(text, encoding -> located(text, encoding));
    }

    /// Through the library itself and not through DJL's `Encoding`, which fetches texts, types, masks and places of all
    /// tokens and thereby doubles the time.
    private <T> T encoded(String text, LongFunction<T> read) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), wellFormed(text), false);
        try {
            return read.apply(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /// The text of `ids`, special tokens written out. An id that is not in the vocabulary reads as nothing.
    public String decode(int... ids) {
        return tokenizer.decode(toLongs(ids), false);
    }

    /// What each of `ids` adds to the text of those before it. Of a character that is spread over several tokens, each
    /// shows its bytes as `\\xE2`.
    public List<String> textOfEach(int... ids) {
        List<String> texts = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            String text = i == 0 ? decode(ids[0]) : textAfter(ids[i - 1], ids[i]);
            texts.add(
                    isPart(text)
                            ? files.tokenOf(ids[i]).map(ByteAlphabet::escaped).orElse(text)
                            : text);
        }
        return texts;
    }

    /// Decoded alone, some tokens lose the space that they begin with.
    private String textAfter(int before, int id) {
        String first = decode(before);
        String both = decode(before, id);
        return isPart(first) || !both.startsWith(first) ? decode(id) : both.substring(first.length());
    }

    private static boolean isPart(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    /// Whether a token stands for something other than its text: a begin, an end, a turn.
    public boolean isSpecial(int id) {
        return files.isSpecial(id);
    }

    /// The text of `ids` without special tokens: what a person should read.
    public String decodeSkippingSpecialTokens(int... ids) {
        return tokenizer.decode(toLongs(ids), true);
    }

    public OptionalInt bosId() {
        return idOfSpecial("bos_token");
    }

    public OptionalInt eosId() {
        return idOfSpecial("eos_token");
    }

    public OptionalInt padId() {
        return idOfSpecial("pad_token");
    }

    public Optional<String> bosToken() {
        return files.specialToken("bos_token");
    }

    public Optional<String> eosToken() {
        return files.specialToken("eos_token");
    }

    /// Every id at which generation ends: `eosId` and those that generation_config.json and config.json add.
    public Set<Integer> stopIds() {
        return files.stopIds();
    }

    /// Whether plain text of this model begins with the bos token, as the tokenizer's post-processor or
    /// `add_bos_token` says. Chat templates write theirs themselves.
    public boolean addsBos() {
        return addsBos;
    }

    /// One more than the highest token id; a model's embedding may hold more rows, never fewer.
    public int vocabSize() {
        return files.vocabSize();
    }

    /// The id of a token by its text in the vocabulary.
    public OptionalInt idOf(String token) {
        return files.idOf(token);
    }

    /// The model's own template, or [ChatTemplate#plain] where it has none.
    public ChatTemplate chatTemplate() {
        return chatTemplate;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private OptionalInt idOfSpecial(String name) {
        Optional<String> token = files.specialToken(name);
        return token.isEmpty() ? OptionalInt.empty() : files.idOf(token.get());
    }

    private boolean postProcessorAddsBos() {
        long[] ids = tokenizer.encode("", true, false).getIds();
        return ids.length > 0 && ids[0] == bosId().orElseThrow();
    }

    private Map<String, String> specialTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String name : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
            files.specialToken(name).ifPresent(token -> tokens.put(name, token));
        }
        return tokens;
    }

    /// DJL's property, read when its first class loads: no probing of the network, no download of natives.
    private static void stayOffline() {
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    /// Half a surrogate pair has no UTF-8 form; the native side would refuse the whole text for it.
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return text.codePoints()
                        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    /// The library counts code points, Java two chars for those beyond the basic plane.
    private static LocatedTokens located(String text, long encoding) {
        int[] ids = toInts(TokenizersLibrary.LIB.getTokenIds(encoding));
        CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
        int[] charOfPoint = new int[text.codePointCount(0, text.length()) + 1];
        for (int point = 0, at = 0; point < charOfPoint.length; point++) {
            charOfPoint[point] = at;
            at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
        }
        int[] begins = new int[ids.length];
        int[] ends = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            begins[i] = charOfPoint[spans[i].getStart()];
            ends[i] = charOfPoint[spans[i].getEnd()];
        }
        return new LocatedTokens(ids, begins, ends);
    }

    private static int[] toInts(long[] ids) {
        return LongStream.of(ids).mapToInt(Math::toIntExact).toArray();
    }

    private static long[] toLongs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
