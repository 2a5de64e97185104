using System.Text.Json;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>Reads a provider's events; what says nothing of subscriptions is none of these. Safe for many threads.</summary>
internal sealed class ProviderEventReader(PriceList prices)
{
    // "Basil": invoices have parent.subscription_details in place of subscription, and charges no invoice any more.
    private const string FirstOtherVersion = "2025-03-31";

    /// <summary>What an event says; null where that is nothing for a subscription.</summary>
    /// <exception cref="WebhookException">It is no event, or one that can't be understood.</exception>
    public BillingEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(new ProviderObject(document.RootElement));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is found only when the text is asked for.
            throw new WebhookException($"That is no JSON: {wrong.Message}");
        }
    }

    // Later ones name subscriptions and invoices elsewhere: what they say would be passed over as of nobody.
    private static void CheckVersion(ProviderObject root)
    {
        if (root.Has("api_version") && string.CompareOrdinal(root.Id("api_version"), FirstOtherVersion) >= 0)
            throw new WebhookException(
                $"It is of the API's version {root.Id("api_version")}: give the webhook one before {FirstOtherVersion}.",
                mayPass: true);
    }

    private BillingEvent? Read(ProviderObject root)
    {
        var (type, about) = (root.Id("type"), root.Object("data").Object("object"));
        BillingEventKind? kind = type switch
        {
            "checkout.session.completed" => BillingEventKind.Linked,
            "invoice.paid" => BillingEventKind.Paid,
            "customer.subscription.updated" =>
                about.Flag("cancel_at_period_end") ? BillingEventKind.Cancelled : BillingEventKind.Resumed,
            "customer.subscription.deleted" => BillingEventKind.Ended,
            "charge.refunded" => BillingEventKind.Refunded,
            _ => null,
        };
        if (kind is not { } known)
            return null;

        CheckVersion(root);
        return IsOfSubscription(about, known) ? Read(root, about, known) : null;
    }

    private static bool IsOfSubscription(ProviderObject about, BillingEventKind kind) => kind switch
    {
        BillingEventKind.Linked or BillingEventKind.Paid => about.Has("subscription"),
        BillingEventKind.Refunded => about.Flag("refunded") && about.Has("invoice"),
        _ => true,
    };

    private BillingEvent Read(ProviderObject root, ProviderObject about, BillingEventKind kind)
    {
        var said = new BillingEvent(root.Id("id"), kind, root.Time("created")) { Ends = DateTimeOffset.UnixEpoch };
        return kind switch
        {
            BillingEventKind.Linked => said with
            {
                Subscription = SubscriptionOf(about, "subscription"),
                Account = about.Id("client_reference_id"),
            },
            BillingEventKind.Paid => Paid(said, about),
            BillingEventKind.Refunded => said with { Payment = about.Id("invoice") },
            _ => said with { Subscription = SubscriptionOf(about, "id") },
        };
    }

    // Of what was paid for together, as when a plan is changed, the last and the greatest counts.
    private BillingEvent Paid(BillingEvent said, ProviderObject invoice)
    {
        var (plan, ends) = invoice.Object("lines").List("data")
            .Select(line => (
                Plan: prices.Find(line.Object("price").Id("id")), Ends: line.Object("period").Time("end"),
                IsGivenBack: line.Number("amount") < 0))
            .Where(static line => line.Plan != Plan.Free && !line.IsGivenBack)
            .Select(static line => (line.Plan, line.Ends))
            .OrderByDescending(static line => line.Ends).ThenByDescending(static line => line.Plan)
            .FirstOrDefault();
        return plan == Plan.Free
            ? throw new WebhookException("None of its prices pays for a plan: Billing:Prices says which do.", mayPass: true)
            : said with
            {
                Subscription = SubscriptionOf(invoice, "subscription"),
                Payment = invoice.Id("id"),
                Plan = plan,
                Ends = ends < Subscription.NoEnd ? ends : Subscription.NoEnd,
            };
    }

    private static string SubscriptionOf(ProviderObject about, string name) =>
        about.Id(name) is var id && !id.StartsWith(OperatorPlans.Prefix, StringComparison.Ordinal)
            ? id
            : throw new WebhookException($"'{id}' is a subscription of the operator's.");
}
