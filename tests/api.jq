# What a client of an API reads from a stream, for the filters of tests/cases.bats. The input is {case, told}: an entry of /cases and the
# answer of /expect.

# The data of each event. Priming events and [DONE] are not JSON.
def json: .told.events[] | select(.data != "[DONE]" and .data != "") | .data | fromjson;

def text: [json
    | .choices[]?.delta.content // empty,
      (select(.type == "response.output_text.delta" or .type == "text-delta") | .delta),
      (select(.type == "content_block_delta") | .delta.text // empty),
      (.candidates[]?.content.parts[]? | select(.thought | not) | .text)] | join("");

def arguments: [json
    | .choices[]?.delta.tool_calls[]?.function.arguments,
      (select(.type == "response.function_call_arguments.delta") | .delta),
      (select(.type == "content_block_delta") | .delta.partial_json),
      .inputTextDelta // empty] | join("") | fromjson;

def finishes: any(json; any(.choices[]?; .finish_reason != null) or any(.candidates[]?; .finishReason != null)
    or (.type | . == "response.completed" or . == "response.incomplete" or . == "message_stop" or . == "finish"));

def is_error: .error != null or .object == "error" or .type == "error";

# The text of the messages that the query asks for.
def wanted: (.case.query | capture("count=(?<count>[0-9]+)").count | tonumber) as $count
    | ((.case.query | capture("size=(?<size>[0-9]+)k").size | tonumber * 1024) // 17) as $size
    | $strings | split("\n")[1:$count + 1] | map(split("\t")[1] + ([range($size - 17) | "x"] | join("")) + " ") | join("");
