package dev.tiebreak.studio.judgment;

import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/// Tells the board in a sentence (`detail` of the answer) what was wrong with a request, and where.
@RestControllerAdvice(assignableTypes = BoardController.class)
class BoardProblems extends ResponseEntityExceptionHandler {

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String place = problem.getCause() instanceof JacksonException json ? place(json) : "";
        return answer("The request is not the JSON that is expected" + place + ".", headers, request, problem);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer("'" + problem.getValue() + "' is not an id.", headers, request, problem);
    }

    private @Nullable ResponseEntity<Object> answer(
            String detail, HttpHeaders headers, WebRequest request, Exception problem) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        return handleExceptionInternal(problem, body, headers, HttpStatus.BAD_REQUEST, request);
    }

    private static String place(JacksonException problem) {
        String path = problem.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        String position = Optional.ofNullable(problem.getLocation())
                .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                .orElse("");
        return (path.isEmpty() ? "" : " at '" + path.replaceFirst("^\\.", "") + "'") + position;
    }
}
