using System.Buffers;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>
/// Takes a provider's events. One is answered with 200 once what it says is durable, or when that was so before, or it says
/// nothing of subscriptions; anything else has the provider send it again. Safe for many threads.
/// </summary>
/// <param name="ledger">Where they go.</param>
/// <param name="reader">Reads them.</param>
/// <param name="secrets">What they are signed with.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class WebhookCalls(
    BillingLedger ledger, ProviderEventReader reader, IReadOnlyList<string> secrets, TimeProvider time, ILogger logger)
{
    /// <summary>Most bytes of an event.</summary>
    public const int MaxBytes = 256 << 10;

    private const string Path = "/billing/webhook";
    private const string Header = "Stripe-Signature";

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext call)
    {
        if (call.Request.Path != Path)
            call.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!HttpMethods.IsPost(call.Request.Method))
            call.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else if (await ReadAsync(call) is not { } body)
            call.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        else
            await AnswerAsync(call, body);
    }

    private async Task AnswerAsync(HttpContext call, ReadOnlyMemory<byte> body)
    {
        var (status, reason) = Take(call.Request.Headers[Header].ToString(), body);
        call.Response.StatusCode = status;
        if (reason.Length == 0)
            return;

        logger.BillingEventRefused(call.Connection.RemoteIpAddress, reason);
        await call.Response.WriteAsync(reason, call.RequestAborted);
    }

    private (int Status, string Reason) Take(string signature, ReadOnlyMemory<byte> body)
    {
        if (!WebhookSignature.IsGood(signature, body.Span, secrets, time.GetUtcNow()))
            return (StatusCodes.Status400BadRequest, "The signature is not right, or too old.");

        try
        {
            if (reader.Read(body) is { } said)
                logger.BillingEventTaken(said.Id, said.Kind, SubjectOf(said), ledger.Take(said));

            return (StatusCodes.Status200OK, "");
        }
        catch (WebhookException wrong)
        {
            return (wrong.MayPass ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (AccountException unknown)
        {
            return (StatusCodes.Status422UnprocessableEntity, unknown.Message);
        }
        catch (DbException failure)
        {
            return (StatusCodes.Status503ServiceUnavailable, $"The database does not take it now: {failure.Message}");
        }
    }

    private static string SubjectOf(BillingEvent said) =>
        said.Subscription.Length > 0 ? said.Subscription : said.Payment;

    // Read no further than it may be long, whatever its headers say.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext call)
    {
        if (call.Request.ContentLength > MaxBytes)
            return null;

        var read = await call.Request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, call.RequestAborted);
        ReadOnlyMemory<byte>? body = read.Buffer.Length <= MaxBytes ? read.Buffer.ToArray() : null;
        call.Request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }
}
