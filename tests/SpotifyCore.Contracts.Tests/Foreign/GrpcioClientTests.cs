using System.Text.Json.Nodes;

namespace SpotifyCore.Contracts.Tests.Foreign;

/// <summary>What grpcio sees of our server.</summary>
public abstract class GrpcioCalls(GrpcioClient client)
{
    private const string Failure =
        """
        {"code": "NOT_FOUND", "detail": "nothing called \"ñ\" – 100 %\nfound %41",
         "trailers": {"reason": "because", "detail-bin": "0001feff"}}
        """;

    [Theory]
    [InlineData("unary", """{"text": "åäö"}""")]
    [InlineData("empty", """{"bytes": 0}""")]
    [InlineData("big", """{"same": true}""")]
    [InlineData("over_limit", """{"code": "RESOURCE_EXHAUSTED"}""")]
    [InlineData("failure", Failure)]
    [InlineData("crash", """{"code": "UNKNOWN", "detail": "The method failed."}""")]
    [InlineData("no_deadline", """{"left": 0}""")]
    [InlineData("deadline", """{"code": "DEADLINE_EXCEEDED", "heard": true}""")]
    [InlineData("cancel", """{"code": "CANCELLED", "heard": true}""")]
    [InlineData("cancel_duplex", """{"code": "CANCELLED", "heard": true}""")]
    [InlineData("unknown_method", """{"code": "UNIMPLEMENTED"}""")]
    [InlineData("unknown_service", """{"code": "UNIMPLEMENTED"}""")]
    [InlineData("compressed", """{"code": "UNIMPLEMENTED"}""")]
    [InlineData("server_streaming_big", """{"bytes": 10000000}""")]
    [InlineData("server_streaming_failure", Failure)]
    [InlineData("server_streaming_failure", """{"numbers": [0, 1, 2]}""")]
    [InlineData("client_streaming", """{"text": "one two three", "number": 3}""")]
    [InlineData("client_streaming_nothing", """{"number": 0}""")]
    [InlineData("client_streaming_failure", Failure)]
    [InlineData("duplex_headers_first", """{"code": "OK"}""")]
    [InlineData("duplex_server_ends", """{"code": "OK"}""")]
    [InlineData(
        "metadata",
        """
        {"headers": {"x-text": "a b, c=d", "x-data-bin": "00ff2c0d0a"},
         "trailers": {"y-text": "a b, c=d", "y-data-bin": "00ff2c0d0a"}}
        """)]
    public void Scenario_OurServer_AnswersAsGrpcDoes(string scenario, string expected) =>
        AssertHolds(JsonNode.Parse(expected)!.AsObject(), client[scenario]);

    [Theory]
    [InlineData("server_streaming", 1_000)]
    [InlineData("duplex", 50)]
    public void Stream_OurServer_SendsAllInOrder(string scenario, int count) =>
        Assert.Equal(Enumerable.Range(0, count), client[scenario]["numbers"]!.AsArray().Select(n => (int)n!));

    [Fact]
    public void Deadline_OurServer_IsTold() => Assert.InRange((int)client["deadline_told"]["left"]!, 1, 61_000);

    // HTTP adds headers of its own: what is expected has to be there, other things may.
    private static void AssertHolds(JsonObject expected, JsonNode actual)
    {
        foreach (var (name, value) in expected)
        {
            if (value is JsonObject inner)
                AssertHolds(inner, actual[name]!);
            else
                Assert.True(JsonNode.DeepEquals(value, actual[name]), $"{name}: {actual[name]?.ToJsonString()}");
        }
    }
}

public sealed class GrpcioClientTcpTests(GrpcioTcpClient client)
    : GrpcioCalls(client), IClassFixture<GrpcioTcpClient>;

public sealed class GrpcioClientTlsTests(GrpcioTlsClient client)
    : GrpcioCalls(client), IClassFixture<GrpcioTlsClient>;

public sealed class GrpcioClientUnixTests(GrpcioUnixClient client)
    : GrpcioCalls(client), IClassFixture<GrpcioUnixClient>;
