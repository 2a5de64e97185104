namespace SpotifyCore.Backend.Billing;

/// <summary>What was said of a subscription. The values rest in the database; of one moment, the later ones count.</summary>
internal enum BillingEventKind
{
    /// <summary>Whose it is.</summary>
    Linked = 0,

    /// <summary>A plan was paid for, or given: from then on, until some time.</summary>
    Paid = 1,

    /// <summary>It is to be paid for again at its end.</summary>
    Resumed = 2,

    /// <summary>It is not to be paid for again: it runs to the end of what was paid for.</summary>
    Cancelled = 3,

    /// <summary>It ends at once.</summary>
    Ended = 4,

    /// <summary>A payment was given back: what it paid for ends at once.</summary>
    Refunded = 5,
}
