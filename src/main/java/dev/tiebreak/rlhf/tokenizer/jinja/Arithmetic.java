package dev.tiebreak.rlhf.tokenizer.jinja;

/// Python's arithmetic on whole numbers and floats; `/` always gives a float, `//` and `%` round downwards.
final class Arithmetic {
    private Arithmetic() {}

    static Object apply(String operator, Object left, Object right) {
        if (operator.equals("/") || left instanceof Double || right instanceof Double) {
            return onFloats(operator, Values.asDouble(left), Values.asDouble(right));
        }
        long a = Values.asLong(left);
        long b = Values.asLong(right);
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "**" -> b < 0 ? (Object) Math.pow(a, b) : (Object) power(a, b);
            default -> throw JinjaException.because("'" + operator + "' is not supported");
        };
    }

    private static Object onFloats(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw JinjaException.because("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            case "**" -> Math.pow(a, b);
            default -> throw JinjaException.because("'" + operator + "' is not supported");
        };
    }

    private static long power(long base, long exponent) {
        if (exponent > 63 && Math.abs(base) > 1) {
            throw JinjaException.because("a number is too large");
        }
        long result = 1;
        for (long i = Math.abs(base) > 1 ? exponent : exponent % 2 == 0 ? Math.min(exponent, 2) : 1; i > 0; i--) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }
}
