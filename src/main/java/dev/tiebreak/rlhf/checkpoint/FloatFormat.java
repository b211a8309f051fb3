package dev.tiebreak.rlhf.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Conversions between the float formats of checkpoints and Java's `float`, without native code.
public final class FloatFormat {
    private FloatFormat() {}

    /// bfloat16 is the upper half of a float, so widening is exact.
    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /// Rounds to nearest, ties to even, as torch does; NaN stays NaN, too large becomes infinite.
    public static short floatToBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40); // quiet, or cutting the payload could leave an infinity
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /// @throws UnsupportedOperationException for a dtype that is no float; the message reads "is I64, not …"
    public static float[] toFloats(Dtype dtype, ByteBuffer littleEndian) {
        ByteBuffer bytes = littleEndian.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / dtype.bytes()];
        switch (dtype) {
            case F32 -> bytes.asFloatBuffer().get(floats);
            case BF16 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = bf16ToFloat(bytes.getShort(bytes.position() + 2 * i));
                }
            }
            case F16 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = Float.float16ToFloat(bytes.getShort(bytes.position() + 2 * i));
                }
            }
            case F64 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) bytes.getDouble(bytes.position() + 8 * i);
                }
            }
            default -> throw new UnsupportedOperationException("is " + dtype + ", not F32, BF16, F16 or F64");
        }
        return floats;
    }

    /// Little-endian bytes of `floats` as F32, BF16 or F16.
    public static ByteBuffer fromFloats(Dtype dtype, float[] floats) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats.length, dtype.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (dtype) {
            case F32 -> bytes.asFloatBuffer().put(floats);
            case BF16 -> {
                for (int i = 0; i < floats.length; i++) {
                    bytes.putShort(2 * i, floatToBf16(floats[i]));
                }
            }
            case F16 -> {
                for (int i = 0; i < floats.length; i++) {
                    bytes.putShort(2 * i, Float.floatToFloat16(floats[i]));
                }
            }
            default -> throw new UnsupportedOperationException("cannot write floats as " + dtype);
        }
        return bytes;
    }
}
