package dev.tiebreak.rlhf.tokenizer;

/// The 256 visible characters that stand for bytes in byte-level BPE files, after OpenAI's GPT-2 `encoder.py`:
/// printable Latin-1 stands for itself, every other byte for a character from U+0100 on.
final class ByteAlphabet {
    private static final char[] CHARACTER_OF_BYTE = build();

    private ByteAlphabet() {}

    static char characterOf(int unsignedByte) {
        return CHARACTER_OF_BYTE[unsignedByte];
    }

    /// A token's bytes: printable ASCII as it is, others as `\\xE2`. What is not written in this alphabet stays.
    static String escaped(String token) {
        StringBuilder escaped = new StringBuilder();
        for (char c : token.toCharArray()) {
            int b = byteOf(c);
            if (b < 0) {
                return token;
            }
            escaped.append(b >= ' ' && b <= '~' ? String.valueOf((char) b) : "\\x%02X".formatted(b));
        }
        return escaped.toString();
    }

    private static int byteOf(char character) {
        for (int b = 0; b < 256; b++) {
            if (CHARACTER_OF_BYTE[b] == character) {
                return b;
            }
        }
        return -1;
    }

    private static char[] build() {
        char[] characters = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters[b] = printable ? (char) b : next++;
        }
        return characters;
    }
}
