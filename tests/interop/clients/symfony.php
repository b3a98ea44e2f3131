<?php
// symfony.php URL OPTIONS: Symfony's EventSourceHttpClient. It reconnects after an error, but not after the end of a stream. An event has
// only the ID that it brought along; the last one is remembered here.
require 'Symfony/Component/HttpClient/autoload.php';

use Symfony\Component\HttpClient\Chunk\ServerSentEvent;
use Symfony\Component\HttpClient\EventSourceHttpClient;
use Symfony\Component\HttpClient\HttpClient;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;

function show(array $line): void
{
    echo json_encode($line, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}

$headers = json_decode($argv[2], true)['headers'] ?? [];
$client = new EventSourceHttpClient(HttpClient::create());
$source = $client->connect($argv[1], ['headers' => $headers + ['Accept' => 'text/event-stream']]);
$last = '';
$why = null;
try {
    while ($why === null) {
        foreach ($client->stream($source, 2) as $chunk) {
            if (!$chunk->isTimeout() && $chunk->isLast()) {
                $why = 'closed';
                break;
            }
            if ($chunk instanceof ServerSentEvent) {
                $last = $chunk->getId() !== '' ? $chunk->getId() : $last;
                show(['type' => $chunk->getType(), 'data' => $chunk->getData(), 'lastEventId' => $last]);
            }
        }
    }
} catch (ExceptionInterface $e) { // its way to report that it gave up
    $why = $e->getMessage();
}
show(['end' => $why]);
