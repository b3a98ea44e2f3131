// OkHttpSse URL OPTIONS: okhttp-sse. It does not come back by itself; an event has only the ID that it brought along, and the last one is
// remembered here. OPTIONS has at most one header field, as the harness writes it.
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

public class OkHttpSse extends EventSourceListener {
    private String last = "";

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            out.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
        }
        return out.append('"').toString();
    }

    private static void end(String why) {
        System.out.println("{\"end\":" + quote(why) + "}");
        System.exit(0);
    }

    @Override public void onEvent(EventSource source, String id, String type, String data) {
        last = id == null ? last : id;
        System.out.println("{\"type\":" + quote(type == null ? "message" : type) + ",\"data\":" + quote(data) + ",\"lastEventId\":" + quote(last) + "}");
    }

    @Override public void onClosed(EventSource source) {
        end("closed");
    }

    @Override public void onFailure(EventSource source, Throwable thrown, Response response) {
        end("failure " + thrown + " " + response);
    }

    public static void main(String[] arguments) {
        OkHttpClient client = new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS).build();
        Request.Builder request = new Request.Builder().url(arguments[0]).header("Accept", "text/event-stream");
        Matcher field = Pattern.compile("\"headers\":\\{\"([^\"]*)\":\"([^\"]*)\"\\}").matcher(arguments[1]);
        if (field.find()) {
            request.header(field.group(1), field.group(2));
        }
        EventSources.createFactory(client).newEventSource(request.build(), new OkHttpSse());
    }
}
