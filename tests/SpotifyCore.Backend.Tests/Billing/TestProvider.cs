using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SpotifyCore.Backend.Tests.Billing;

/// <summary>A small billing provider: makes events, signs them and sends them by HTTP.</summary>
internal sealed class TestProvider(TimeProvider time, string address) : IDisposable
{
    public const string Secret = "whsec_test";

    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };

    public DateTimeOffset Now => time.GetUtcNow();

    public static string CheckedOut(string id, DateTimeOffset happened, string account, string subscription = "sub_1") =>
        Event(id, "checkout.session.completed", happened, new JsonObject
        {
            ["subscription"] = subscription, ["client_reference_id"] = account,
        });

    public static string Paid(
        string id, DateTimeOffset happened, string invoice, string price, DateTimeOffset ends, string subscription = "sub_1") =>
        Event(id, "invoice.paid", happened, new JsonObject
        {
            ["id"] = invoice,
            ["subscription"] = subscription,
            ["lines"] = new JsonObject
            {
                ["data"] = new JsonArray(Line(price, ends, amount: 999), Line("price_unlimited", ends, amount: -499)),
            },
        });

    public static string Updated(string id, DateTimeOffset happened, bool isCancelled) =>
        Event(id, "customer.subscription.updated", happened, new JsonObject
        {
            ["id"] = "sub_1", ["cancel_at_period_end"] = isCancelled,
        });

    public static string Deleted(string id, DateTimeOffset happened) =>
        Event(id, "customer.subscription.deleted", happened, new JsonObject { ["id"] = "sub_1" });

    public static string Refunded(string id, DateTimeOffset happened, string invoice, bool isWhole = true) =>
        Event(id, "charge.refunded", happened, new JsonObject { ["invoice"] = invoice, ["refunded"] = isWhole });

    public static string Event(string id, string type, DateTimeOffset happened, JsonObject about) => new JsonObject
    {
        ["id"] = id,
        ["type"] = type,
        ["created"] = happened.ToUnixTimeSeconds(),
        ["data"] = new JsonObject { ["object"] = about },
    }.ToJsonString();

    /// <summary>The header of a body that is sent at some time.</summary>
    public static string Sign(string body, DateTimeOffset at, params string[] secrets)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds}" + string.Concat(secrets.Select(secret => ",v1=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}")))));
    }

    /// <summary>Sends an event, signed now.</summary>
    public Task<HttpStatusCode> SendAsync(string body) => SendAsync(body, Sign(body, Now, Secret));

    /// <summary>Sends a body with a header.</summary>
    public async Task<HttpStatusCode> SendAsync(
        string body, string? signature, string path = "/billing/webhook", HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);

        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Line(string price, DateTimeOffset ends, int amount) => new()
    {
        ["amount"] = amount,
        ["price"] = new JsonObject { ["id"] = price },
        ["period"] = new JsonObject { ["end"] = ends.ToUnixTimeSeconds() },
    };
}
