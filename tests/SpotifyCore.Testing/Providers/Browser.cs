using System.Net;
using System.Text.RegularExpressions;

namespace SpotifyCore.Testing.Providers;

/// <summary>A person with a browser: follows where they are sent, and fills in and sends each form that is shown.</summary>
public static partial class Browser
{
    private const int MostPages = 10;

    /// <summary>Goes to an address, and on to the last page.</summary>
    /// <param name="address">Where the person is told to go.</param>
    /// <param name="name">What they give as their name.</param>
    /// <returns>What the last page says.</returns>
    public static async Task<string> VisitAsync(Uri address, string name)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var answer = await http.GetAsync(address);
        for (var left = MostPages; left > 0; left--)
        {
            var page = await answer.Content.ReadAsStringAsync();
            var at = answer.RequestMessage!.RequestUri!;
            answer.Dispose();
            if (Form().Match(page) is not { Success: true } form)
                return page;

            var fields = Input().Matches(page).Select(static input => input.Value)
                .Where(static input => NameOf().IsMatch(input))
                .ToDictionary(
                    static input => NameOf().Match(input).Groups["text"].Value,
                    input => ValueOf().Match(input) is { Success: true } value ? value.Groups["text"].Value : name);
            using var content = new FormUrlEncodedContent(fields);
            answer = await http.PostAsync(new Uri(at, WebUtility.HtmlDecode(form.Groups["text"].Value)), content);
        }

        throw new InvalidOperationException("The pages have no end.");
    }

    [GeneratedRegex("<form[^>]*action=\"(?<text>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Input();

    [GeneratedRegex("name=\"(?<text>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex NameOf();

    [GeneratedRegex("value=\"(?<text>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex ValueOf();
}
