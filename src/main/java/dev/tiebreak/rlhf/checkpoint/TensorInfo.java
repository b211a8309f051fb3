package dev.tiebreak.rlhf.checkpoint;

import java.util.Arrays;

/// What a tensor is called, what it holds and how it is laid out: row-major, little-endian.
public record TensorInfo(String name, Dtype dtype, long[] shape) {
    public TensorInfo {
        shape = shape.clone();
        long bytes = dtype.bytes();
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("tensor '" + name + "' has a negative dimension: " + dimension);
            }
            bytes = Math.multiplyExact(bytes, dimension);
        }
    }

    public static TensorInfo of(String name, Dtype dtype, long... shape) {
        return new TensorInfo(name, dtype, shape);
    }

    /// Product of the dimensions; 1 for a scalar (`[]`).
    public long elements() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    public long byteSize() {
        return elements() * dtype.bytes();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo(var otherName, var otherDtype, var otherShape)
                && name.equals(otherName)
                && dtype == otherDtype
                && Arrays.equals(shape, otherShape);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + dtype.hashCode()) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }
}
