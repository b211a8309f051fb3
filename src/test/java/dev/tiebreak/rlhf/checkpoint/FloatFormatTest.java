package dev.tiebreak.rlhf.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatFormatTest {
    @Test
    void every_bf16_survives_the_way_to_float_and_back() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = FloatFormat.bf16ToFloat((short) bits);
            short back = FloatFormat.floatToBf16(value);
            if (Float.isNaN(value)) {
                assertThat(FloatFormat.bf16ToFloat(back)).isNaN();
            } else {
                assertThat(back & 0xffff).isEqualTo(bits);
            }
        }
    }

    @Test
    void halfway_between_two_bf16_the_even_one_is_taken() {
        assertThat(bits(0x3f808000)).isEqualTo(0x3f80); // between 3f80 and 3f81
        assertThat(bits(0x3f818000)).isEqualTo(0x3f82); // between 3f81 and 3f82
        assertThat(bits(0x3f808001)).isEqualTo(0x3f81);
        assertThat(bits(0xbf818000)).isEqualTo(0xbf82);
    }

    @Test
    void what_is_too_large_for_bf16_becomes_infinite_and_a_nan_never_does() {
        assertThat(bits(0x7f7fffff)).isEqualTo(0x7f80); // Float.MAX_VALUE
        assertThat(bits(0x7f800001)).isEqualTo(0x7fc0); // a NaN whose payload is cut off
    }

    private static int bits(int floatBits) {
        return FloatFormat.floatToBf16(Float.intBitsToFloat(floatBits)) & 0xffff;
    }
}
